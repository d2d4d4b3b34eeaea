"""Who is asked to decide what: the public page of a case, as files that any mirror can host."""
