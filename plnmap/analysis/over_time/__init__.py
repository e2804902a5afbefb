"""The same questions year by year: beginnings, phases, turnover, rhythm."""
