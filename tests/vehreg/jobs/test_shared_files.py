"""Files that a job writes once: what each host reads is what was written, or it says what is wrong."""

import errno
import multiprocessing
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from vehreg.jobs import shared_files
from vehreg.jobs.failures import explain
from vehreg.jobs.kinds import Refused, Unavailable
from vehreg.jobs.leftovers import remove_leftovers
from vehreg.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db

CONTENT = b"persons\n" * 300_000


@pytest.fixture
def storage(tmp_path: Path, settings) -> SimpleNamespace:
    """A shared folder, and a local one of this host."""
    settings.MEDIA_ROOT, settings.LOCAL_DIR = str(tmp_path / "shared"), str(tmp_path / "local")
    return SimpleNamespace(shared=tmp_path / "shared", local=tmp_path / "local")


@pytest.fixture
def job(storage: SimpleNamespace) -> Job:
    """A running job that has written `persons`."""
    job = Job.objects.create(kind="tally", state=JobState.RUNNING, stage=0)
    remember(job, shared_files.publish(job.pk, "persons", lambda path: path.write_bytes(CONTENT) and None))
    return job


def remember(job: Job, stamp: shared_files.Stamp) -> None:
    job.chunks.create(stage=0, number=job.chunks.count(), position=stamp.as_json(), state="done")


def shared_file(job: Job) -> Path:
    return next(shared_files.shared_folder(job.pk).iterdir())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_host_copies_a_file_once_and_then_reads_its_own(job: Job, storage: SimpleNamespace) -> None:
    copy = shared_files.fetch(job.pk, "persons")
    assert copy.is_relative_to(storage.local)
    assert copy.read_bytes() == CONTENT
    shared_file(job).unlink()
    assert shared_files.fetch(job.pk, "persons") == copy


def test_a_host_that_keeps_no_copies_reads_the_shared_file(job: Job, settings) -> None:
    settings.LOCAL_DIR = ""
    assert shared_files.fetch(job.pk, "persons") == shared_file(job)


def test_what_a_worker_that_was_given_up_still_writes_is_not_read(job: Job) -> None:
    shared_files.publish(job.pk, "persons", lambda path: path.write_bytes(b"other") and None)
    assert shared_files.fetch(job.pk, "persons").read_bytes() == CONTENT


def test_a_copy_that_was_broken_off_is_never_read(job: Job, storage: SimpleNamespace) -> None:
    folder = shared_files.local_folder(job.pk)
    folder.mkdir(parents=True)
    (folder / f".{shared_file(job).name}").write_bytes(CONTENT[:1000])  # as a killed process leaves it
    (folder / shared_file(job).name).write_bytes(CONTENT[:1000])  # as a disk that lost its last writes
    assert shared_files.fetch(job.pk, "persons").read_bytes() == CONTENT
    assert [name for name in names(storage.local) if name.startswith(".")] == []


def _make_vanish(path: Path) -> None:
    path.unlink()


def _cut(path: Path) -> None:
    os.truncate(path, 1000)


def _change_one_byte(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"P")


@pytest.mark.parametrize("harm", [_make_vanish, _cut, _change_one_byte])
def test_a_file_that_is_not_what_was_written_is_refused(
    job: Job, storage: SimpleNamespace, harm: Callable[[Path], None]
) -> None:
    harm(shared_file(job))
    with pytest.raises(Unavailable) as refused:
        shared_files.fetch(job.pk, "persons")
    assert "VEHREG_FILES_DIR" in str(refused.value)
    assert [name for name in names(storage.local) if not name.endswith(".lock")] == []


@pytest.mark.parametrize("harm", [_make_vanish, _cut])
def test_a_host_without_copies_refuses_a_file_that_is_gone_or_cut(
    job: Job, settings, harm: Callable[[Path], None]
) -> None:
    settings.LOCAL_DIR = ""
    harm(shared_file(job))
    with pytest.raises(Unavailable, match="VEHREG_FILES_DIR"):
        shared_files.fetch(job.pk, "persons")


def test_what_is_unavailable_here_is_tried_again_before_the_job_fails(settings) -> None:
    failure = explain(Unavailable("mount it"))
    assert (failure.words, failure.attempts) == ("mount it", settings.JOB_MAX_ATTEMPTS)


def _full(path: Path) -> None:
    path.write_bytes(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_shared_storage_is_told_and_nothing_stays(job: Job, storage: SimpleNamespace) -> None:
    before = names(storage.shared)
    with pytest.raises(Refused, match="VEHREG_FILES_DIR"):
        shared_files.publish(job.pk, "parties", _full)
    assert names(storage.shared) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_of_one_host_is_told_and_leaves_no_half_copy(job: Job, tmp_path: Path, settings) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(small)]
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    settings.LOCAL_DIR = str(small)
    try:
        with pytest.raises(Unavailable) as told:
            shared_files.fetch(job.pk, "persons")
        assert str(small) in str(told.value)
        assert [name for name in names(small) if not name.endswith(".lock")] == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


def _copy_in_turn(
    shared: str, local: str, stamp: dict[str, object], seen: "multiprocessing.Queue[str]"
) -> None:
    from django.conf import settings  # noqa: PLC0415 - another process

    settings.MEDIA_ROOT, settings.LOCAL_DIR = shared, local
    shared_files.stamp_of = lambda job_id, name: shared_files.Stamp(**stamp)  # type: ignore[arg-type]
    copied = shared_files._copied

    def counted(*args):
        seen.put("copied")
        return copied(*args)

    shared_files._copied = counted
    seen.put(str(shared_files.fetch(7, "persons").stat().st_size))


def test_one_process_copies_while_the_others_wait(job: Job, storage: SimpleNamespace) -> None:
    stamp = shared_files.stamp_of(job.pk, "persons").as_json()
    context = multiprocessing.get_context("fork")
    seen = context.Queue()
    arguments = (str(storage.shared), str(storage.local), stamp, seen)
    others = [context.Process(target=_copy_in_turn, args=arguments) for _ in range(4)]
    for other in others:
        other.start()
    told = [seen.get(timeout=60) for _ in range(5)]
    for other in others:
        other.join()
    assert sorted(told) == sorted(["copied", *[str(len(CONTENT))] * 4])


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (JobState.RUNNING, (True, True)),
        (JobState.FAILED, (True, False)),
        (JobState.CANCELLED, (True, False)),
        (JobState.SUCCEEDED, (False, False)),
    ],
)
def test_a_host_removes_its_copies_when_the_job_has_ended_anywhere(
    job: Job, state: str, left: tuple[bool, bool]
) -> None:
    shared_files.fetch(job.pk, "persons")
    Job.objects.filter(pk=job.pk).update(state=state)
    remove_leftovers()
    shared, local = shared_files.shared_folder(job.pk), shared_files.local_folder(job.pk)
    assert (shared.exists(), local.exists()) == left


def test_folders_of_dead_processes_go_and_those_of_the_living_stay(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.Popen(["true"])
    ended.wait()
    for name in (f"scratch-{ended.pid}-a", f"scratch-{os.getpid()}-a", "scratch-of-mine"):
        (tmp_path / name).mkdir()
    remove_leftovers()
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == sorted([f"scratch-{os.getpid()}-a", "scratch-of-mine"])
