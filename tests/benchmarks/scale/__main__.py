"""`python -m tests.benchmarks.scale [--vehicles N] [--write docs/scale.md]`: measures, then extrapolates."""

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil, log
from pathlib import Path

import django

# A run is cut into at most so many chunks, and once more into twice as many.
CHUNKS = 6
NATION = 80_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vehicles", type=int, default=200_000, help="of the city that is measured")
    parser.add_argument("--write", type=Path, help="a page that takes the tables")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vehreg.settings")
    django.setup()
    text = measured(options.vehicles)
    print(text)
    if options.write:
        from tests.benchmarks.scale.report import put_into  # noqa: PLC0415

        put_into(options.write, text)


def measured(vehicles: int) -> str:
    """The tables. Half the city first: it shows how costs grow."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    from tests.benchmarks.scale.measuring import Bench, warm_up  # noqa: PLC0415
    from tests.benchmarks.scale.model import Country, Cuts, Matching, work_of  # noqa: PLC0415
    from tests.benchmarks.scale.report import tables  # noqa: PLC0415

    with own_services() as (services, folder):
        settings.MEDIA_ROOT = str(folder / "files")
        settings.STORAGES["default"]["OPTIONS"]["location"] = settings.MEDIA_ROOT
        rounds, cuts = [], []
        for size in (vehicles // 2, vehicles):
            bench = Bench(services, folder, size)
            files = bench.city()
            chunk = size // CHUNKS
            cut = {"VEHREG_MATCH_CHUNK_PARTIES": str(chunk), "VEHREG_DELIVERY_CHUNK_ROWS": str(chunk)}
            with services.as_ours():
                warm_up()
                with bench.workers(1, **cut) as workers:
                    costs = [
                        bench.deliver("persons", Path(files.persons), workers),
                        bench.deliver("vehicles", Path(files.vehicles), workers),
                        bench.match(workers),
                    ]
                with bench.workers(1, VEHREG_MATCH_CHUNK_PARTIES=str(chunk // 2)) as workers:
                    finer = bench.match(workers)
                persons, _, match = costs
                rounds.append({cost.name: cost for cost in costs})
                chunks = ceil(match.rows / chunk)
                cuts.append(Cuts(match.workers, finer.workers, chunks, match.rows, persons.rows))
                cases = bench.cases()
        with services.as_ours(), bench.workers(2, **cut) as workers:
            two = bench.match(workers)
    half, full = rounds
    times = NATION / vehicles
    country = Country(NATION, persons.rows * times, match.rows * times, cases * times)
    grown = {
        name: log((full[name].workers + full[name].database) / (half[name].workers + half[name].database))
        / log(full[name].rows / half[name].rows)
        for name in full
    }
    work = work_of(country, full, Matching.between(*cuts), settings.MATCH_CHUNK_PARTIES)
    return tables(costs=full, two_workers=two, grown=grown, cases=cases, country=country, work=work)


@contextmanager
def own_services() -> Iterator[tuple[object, Path]]:
    from tests.support.services import OwnServices  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="vehreg-scale-"))
    folder.chmod(0o755)
    services = OwnServices(folder).start()
    try:
        yield services, folder
    finally:
        services.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
