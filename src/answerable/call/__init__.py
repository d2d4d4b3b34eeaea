"""Who is asked to decide what: the public page of a case, its letters, days, feed and corrections.

`publish_case` composes the page from what was filed, holds it to its gates, writes it in one step
and logs it; `withdraw_case` puts a notice in its place.
"""
