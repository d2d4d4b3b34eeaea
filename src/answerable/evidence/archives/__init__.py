"""Web archives: WARC and WACZ are written, read and held to their standards."""
