"""Two names compared with each other, without any list."""

from collections.abc import Sequence

from answerable.matching.alignment import are_comparable
from answerable.matching.evidence import Side
from answerable.matching.readings import list_parts
from answerable.matching.weights import Weight, prior_of_pair, weigh


def compare_names(
    one: str, other: str, *, country: str | None = None, other_country: str | None = None
) -> Weight:
    """Weigh whether two names are one legal person's, by shipped word frequencies alone.

    The answer rests on how rare the shared words are among 183,000 names of companies, most of
    them British or American. It says nothing about what the companies do, and a high probability
    says that the names agree, not that the companies are one.

    Args:
        one: A name in any script; trading names and brackets in it are tried as well.
        other: Another name; swapping the two changes no number.
        country: ISO code of the first company's country, lower case, if known.
        other_country: The second's.

    Returns:
        The weight of the best pair of variants; names without a letter or digit weigh only the
        prior.

    Example:
        >>> compare_names("Zyxomatic Mills Ltd", "ZYXOMATIC MILLS LIMITED").probability > 0.9
        True
        >>> compare_names("Zyxomatic Mills Ltd", "Quorbel Mills Ltd").probability < 0.1
        True
    """
    prior = prior_of_pair()
    countries = (country,) if country else ()
    other_countries = (other_country,) if other_country else ()
    weights = [
        weigh(Side(left, countries), Side(right, other_countries), prior)
        for left in list_parts(one)
        for right in list_parts(other)
        if are_comparable(left, right)
    ]
    return max(weights, key=lambda weight: weight.score)


def explain(weight: Weight) -> Sequence[str]:
    """Return the reasons of a weight as sentences with their log-odds, the strongest first.

    Example:
        >>> explain(compare_names("Quorbel Ltd", "Quorbel Limited"))[0]
        '+12.5 quorbel = quorbel (rare)'
    """
    return [f"{reason.log_odds:+.1f} {reason.detail}" for reason in weight.reasons]
