"""A case in forms that others read: FollowTheMoney, schema.org, W3C annotations, PROV."""
