"""What reviewers judged of matches and what was resolved: kept, and applied to screenings."""
