"""Cases as plain text: claims with their words, the answers, the decisions, and their filing."""
