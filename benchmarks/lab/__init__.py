"""How well alarms find planted outbreaks: `make lab`."""
