"""What each regime's rule says of a company, with the arithmetic in words. No legal advice."""
