"""Changes: two kept screenings laid side by side, and what each difference comes from."""
