"""Who is behind an account: a person or a brand, and which accounts are one person's."""
