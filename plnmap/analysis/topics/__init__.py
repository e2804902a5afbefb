"""What ties are about, and whom to ask about something."""
