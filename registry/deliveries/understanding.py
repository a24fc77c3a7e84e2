"""From cells to understood rows: one INSERT … SELECT for a range of rows, built from the declared columns.

The SELECT has three layers, fenced by OFFSET 0 so that no expression is computed twice: cells trimmed and
mended, values understood, and what there is to notice and to keep of them.
"""

from registry.deliveries.kinds import Column, Kind
from registry.deliveries.mending import joined_mendings, mended
from registry.deliveries.staging import Staging, run

_BLANKS = r"E' \t\r\n\u00a0\ufeff'"

# Code → unit: the new codes, and former ones. Only a ward that moved whole says where somebody lives.
WARDS = """
    SELECT code, id AS unit_id FROM accounts_unit WHERE kind IN ('ward', 'commune')
    UNION ALL
    SELECT old_code, CASE WHEN bool_and(moved = 'whole') THEN min(unit_id) END
    FROM registry_legacyunit
    WHERE old_code NOT IN (SELECT code FROM accounts_unit)
    GROUP BY old_code
"""


def create_rows(kind: Kind, table: str, *, temporary: bool = False) -> None:
    """The table of understood rows, empty."""
    columns = ["row_no bigint NOT NULL", "rejected boolean NOT NULL", "notes text[]"]
    columns += [f"{group} jsonb" for group, _ in kind.received_groups]
    columns += [f"{name} {sql}" for name, sql in typed_columns(kind)]
    persistence = "TEMP" if temporary else "UNLOGGED"
    end = "ON COMMIT DROP" if temporary else "WITH (autovacuum_enabled = false)"
    run(f"CREATE {persistence} TABLE {table} ({', '.join(columns)}) {end}")


def typed_columns(kind: Kind) -> list[tuple[str, str]]:
    """(name, SQL type) of every understood column, derived ones last."""
    found = []
    for column in kind.columns:
        found.append((column.name, column.type.sql))
        found += [(f"{column.name}_{suffix}", sql) for suffix, sql, _ in column.type.extras]
        if column.type.looks_up_ward:
            found.append((f"{column.name}_unit", "bigint"))
    return found + [(derived.name, derived.sql) for derived in kind.derived]


def understand(kind: Kind, staging: Staging, first: int, last: int) -> None:
    """Fill the understood rows of a range from its cells."""
    mend_range(kind, staging.cells, first, last)
    fill_rows(kind, cells=staging.cells, into=staging.rows, first=first, last=last)


def mend_range(kind: Kind, cells: str, first: int, last: int) -> None:
    """Mend the damaged texts of a range; see `mending`."""
    mended(kind, cells, first, last)


def fill_rows(kind: Kind, *, cells: str, into: str, first: int, last: int) -> int:
    names = row_columns(kind)
    return run(
        f"WITH wards AS MATERIALIZED ({WARDS})\n"
        f"INSERT INTO {into} ({', '.join(names)})\n"
        f"{understood_sql(kind, cells, first, last)}"
    )


def row_columns(kind: Kind) -> list[str]:
    """The columns of a row as understood, in the order of `understood_sql`."""
    groups = [group for group, _ in kind.received_groups]
    return ["row_no", "rejected", "notes", *groups, *(name for name, _ in typed_columns(kind))]


def understood_sql(kind: Kind, cells: str, first: int, last: int) -> str:
    """SELECT of the understood rows of a range. Beside it must stand `wards`, `mended` and the cells."""
    rejected = "coalesce(strpos(array_to_string(notes, ' '), '!') > 0, false) AS rejected"
    selected = [rejected if name == "rejected" else name for name in row_columns(kind)]
    return f"SELECT {', '.join(selected)} FROM ({_noticed(kind, cells, first, last)}) AS noticed"


def _noticed(kind: Kind, cells: str, first: int, last: int) -> str:
    """Third layer: notes, raw texts worth keeping, derived columns."""
    derived_names = {derived.name for derived in kind.derived}
    parts = ["row_no", f"{_notes(kind)} AS notes"]
    parts += [f"{_received(kind, group, names)} AS {group}" for group, names in kind.received_groups]
    parts += [name for name, _ in typed_columns(kind) if name not in derived_names]
    parts += [f"{derived.value} AS {derived.name}" for derived in kind.derived]
    return f"SELECT {', '.join(parts)} FROM ({_valued(kind, cells, first, last)}) AS valued OFFSET 0"


def _valued(kind: Kind, cells: str, first: int, last: int) -> str:
    """Second layer: the value of every column, the cell beside it as raw_<name>."""
    parts = ["row_no", "fault", "unknown"]
    joins = []
    for column in kind.columns:
        raw = _mended_cell(column)
        parts.append(f"raw.{column.name} AS raw_{column.name}")
        parts.append(f"{_value(column, raw)} AS {column.name}")
        parts += [f"{sql.replace('RAW', raw)} AS {column.name}_{name}" for name, _, sql in column.type.extras]
        if column.type.looks_up_ward:
            code = column.type.value.replace("RAW", raw)
            parts.append(f"ward_{column.name}.unit_id AS {column.name}_unit")
            joins.append(f"LEFT JOIN wards ward_{column.name} ON ward_{column.name}.code = {code}")
    joins += joined_mendings(kind)
    source = _trimmed(kind, cells, first, last)
    return f"SELECT {', '.join(parts)} FROM ({source}) AS raw {' '.join(joins)} OFFSET 0"


def _trimmed(kind: Kind, cells: str, first: int, last: int) -> str:
    """First layer: cells without surrounding blanks, NULL when empty."""
    trimmed = [f"nullif(btrim({name}, {_BLANKS}), '') AS {name}" for name in kind.column_names]
    return (
        f"SELECT row_no, fault, unknown, {', '.join(trimmed)} FROM {cells}"
        f" WHERE row_no BETWEEN {first} AND {last} OFFSET 0"
    )


def _mended_cell(column: Column) -> str:
    if column.type.repair:
        return f"coalesce(mended_{column.name}.good, raw.{column.name})"
    return f"raw.{column.name}"


def _value(column: Column, raw: str) -> str:
    if column.type.looks_up_ward:
        return f"ward_{column.name}.code"
    value = column.type.value.replace("RAW", raw)
    if column.default:
        return f"CASE WHEN {raw} IS NULL THEN '{column.default}' ELSE {value} END"
    return value


def _notes(kind: Kind) -> str:
    """Notes as `column:code`, with a leading "!" where the row is rejected; NULL where there is nothing.

    A row the reader found fault with has cells in the wrong columns: its only note is that fault.
    """
    found = [
        f"CASE WHEN {condition} THEN '{column.name}:{code}' END"
        if not rejects
        else f"CASE WHEN {condition} THEN '!{column.name}:{code}' END"
        for column in kind.columns
        for code, condition, rejects in _faults(column)
    ]
    found.insert(0, "CASE WHEN fault IS NOT NULL THEN ':' || fault END")
    every = f"nullif(array_remove(ARRAY[{', '.join(found)}], NULL), '{{}}')"
    return f"CASE WHEN fault LIKE '!%' THEN ARRAY['!:' || substr(fault, 2)] ELSE {every} END"


def _faults(column: Column) -> list[tuple[str, str, bool]]:
    """(code, condition, whether it rejects the row) of one column."""
    found = (
        [("missing", f"{column.name} IS NULL AND raw_{column.name} IS NULL", True)]
        if column.mandatory
        else []
    )
    for fault in column.type.faults:
        condition = fault.when.replace("RAW", f"raw_{column.name}").replace("VALUE", column.name)
        rejects = fault.rejects or not (fault.only_notice or column.lenient)
        found.append((fault.code, f"({condition})", rejects))
    return found


def _received(kind: Kind, group: str, names: tuple[str, ...]) -> str:
    """What is kept as received: raw texts that differ, and in the first group the unknown columns."""
    kept = {name: _kept(kind.column(name)) for name in names}
    pairs = ", ".join(
        f"'{name}', CASE WHEN {condition} THEN raw_{name} END" for name, condition in kept.items()
    )
    differs = " OR ".join(kept.values())
    texts = f"CASE WHEN {differs} THEN jsonb_strip_nulls(jsonb_build_object({pairs})) END"
    if group != "received":
        return texts
    return f"CASE WHEN unknown IS NULL THEN {texts} ELSE unknown || coalesce({texts}, '{{}}') END"


def _kept(column: Column) -> str:
    """The texts of a row are compared as trimmed: blanks around a cell are not worth keeping."""
    condition = column.type.keeps_raw.replace("RAW", f"raw_{column.name}").replace("VALUE", column.name)
    return f"(raw_{column.name} IS NOT NULL AND ({condition}))"
