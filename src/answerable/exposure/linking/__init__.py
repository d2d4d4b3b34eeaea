"""Links and nodes of several sources joined: by identifiers, by filed claims, by names."""
