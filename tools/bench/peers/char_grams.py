"""sparse-dot-topn: cosine of tf-idf vectors over runs of three letters.

The listed names are one matrix, or with `--option blocks` several of about 15,000 rows, whose
results are merged: smaller accumulators stay in the cache.
"""

import numpy as np
from race import CORES, Race, Ranked, read_names, run
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn, zip_sp_matmul_topn

BLOCK_ROWS = 15_000
BATCH = 20_000


def search(race: Race) -> Ranked:
    """Rank listed names by cosine, the best of each supplier."""
    with race.phase("read"):
        suppliers, listed = read_names(race.suppliers), read_names(race.listed)
    with race.phase("index"):
        grams = _grams()
        matrix = grams.fit_transform(listed)
        rows = BLOCK_ROWS if race.option == "blocks" else len(listed)
        blocks = [matrix[at : at + rows].T.tocsr() for at in range(0, len(listed), rows)]
    with race.phase("query"):
        asked = grams.transform(suppliers)
        found = [
            (start, _multiply(asked[start : start + BATCH], blocks, race.most))
            for start in range(0, len(suppliers), BATCH)
        ]
    return (
        (start + row, int(product.indices[at]), float(product.data[at]))
        for start, product in found
        for row in range(product.shape[0])
        for at in range(product.indptr[row], product.indptr[row + 1])
    )


def _grams() -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True, dtype=np.float32
    )


def _multiply(
    asked: sparse.csr_matrix, blocks: list[sparse.csr_matrix], most: int
) -> sparse.csr_matrix:
    parts = [
        sp_matmul_topn(asked, block, top_n=most, n_threads=CORES, sort=True) for block in blocks
    ]
    return parts[0] if len(parts) == 1 else zip_sp_matmul_topn(most, parts)


def compare(pairs: list[tuple[str, str]]) -> list[float]:
    """Score pairs by cosine; the weights are those of the pairs themselves."""
    grams = _grams()
    grams.fit([name for pair in pairs for name in pair])
    left = grams.transform([one for one, _ in pairs])
    right = grams.transform([other for _, other in pairs])
    return left.multiply(right).sum(axis=1).A1.tolist()


if __name__ == "__main__":
    run(search, compare, ("sparse-dot-topn", "scikit-learn", "scipy", "numpy"))
