"""Splink on DuckDB: a model of Fellegi and Sunter over the words of names, trained on the data.

Blocks: first word and its first six letters, or first two words. Splink's own documentation calls
one column of free words no fit for it; it is here since people ask.
"""

import splink.comparison_library as cl
from race import Race, Ranked, run
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

COLUMNS = """
    select row as unique_id, clean as name, words[1] as first_word, words[2] as second_word,
        words[-1] as last_word, left(replace(clean, ' ', ''), 6) as first_six
    from (
        select row, clean, string_split(clean, ' ') as words
        from (
            select row, trim(regexp_replace(lower(name), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g')) as clean
            from read_csv(
                '{path}', auto_detect = false, header = true, delim = ',', quote = '"',
                escape = '"', columns = {{'row': 'bigint', 'name': 'varchar'}}
            )
        )
    )
"""


def search(race: Race) -> Ranked:
    """Rank the pairs of all blocks by match weight, the best of each supplier."""
    api = DuckDBAPI()
    with race.phase("read"):
        tables = [_register(api, path, name) for path, name in _files(race)]
    with race.phase("index"):
        linker = Linker(tables, _settings(), log_level=None)
        _train(linker)
    with race.phase("query"):
        predicted = linker.inference.predict()
        return _rank(api, predicted.physical_name, race.most)


def _rank(api: DuckDBAPI, table: str, most: int) -> Ranked:
    order = "partition by unique_id_l order by match_weight desc, unique_id_r"
    query = f"""
        select unique_id_l, unique_id_r, match_weight from {table}
        qualify row_number() over ({order}) <= {most}
        order by unique_id_l, match_weight desc
    """  # noqa: S608
    return api._con.execute(query).fetchall()


def _files(race: Race) -> list[tuple[object, str]]:
    return [(race.suppliers, "a_suppliers"), (race.listed, "b_listed")]


def _register(api: DuckDBAPI, path: object, name: str) -> object:
    connection = api._con
    connection.execute(f"create table {name} as {COLUMNS.format(path=path)}")
    return api.register(name, dataset_display_name=name)


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]),
            cl.JaroWinklerAtThresholds("first_word", 0.9).configure(
                term_frequency_adjustments=True
            ),
            cl.JaroWinklerAtThresholds("second_word", 0.9),
            cl.ExactMatch("last_word"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("first_word", "second_word"),
            block_on("first_six"),
        ],
    )


def _train(linker: Linker) -> None:
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("first_six"))


if __name__ == "__main__":
    run(search, None, ("splink", "duckdb"))
