"""Every supplier row gets a finding: matches, ties, rulings, claims, and its place in the queue."""
