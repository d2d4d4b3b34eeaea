"""What can be shown about it: one finding or one case as a page, a PDF, JSON and FollowTheMoney."""
