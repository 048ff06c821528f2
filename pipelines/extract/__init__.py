"""What a text says in plain facts: identifiers, money, dates, places, ages."""
