"""The commands of `zhongsu`; each module is imported when its command is called."""
