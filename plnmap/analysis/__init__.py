"""What the ties say: strength, give and take, helping, roles. Columns in, columns out."""
