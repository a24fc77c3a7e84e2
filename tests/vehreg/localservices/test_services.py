import os
import shutil
import signal
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from vehreg.localservices.place import PROJECT, Place, ServiceUser
from vehreg.localservices.process import ProcessId
from vehreg.localservices.services import ensure_urls, services_status, stop_services
from vehreg.localservices.sizing import postgres_settings


def _kill(place: Place) -> None:
    for record in services_status(place).values():
        record.process.stop(signal.SIGKILL)


def _without_password(url: str) -> str:
    return url.replace(urlsplit(url).password, "wrong")


def test_addresses_in_the_environment_replace_the_private_services(tmp_path):
    given = {"DATABASE_URL": "postgresql://db.example/vehreg", "REDIS_URL": "redis://broker.example/3"}
    place = Place(tmp_path / "var")

    assert ensure_urls(given, place) == ("postgresql://db.example/vehreg", "redis://broker.example/3")
    assert not place.var.exists()


def test_one_address_given_leaves_the_other_service_private(tmp_path):
    place = Place(tmp_path / "var")
    try:
        database_url, redis_url = ensure_urls({"DATABASE_URL": "postgresql://db.example/vehreg"}, place)
        assert database_url == "postgresql://db.example/vehreg"
        assert redis.Redis.from_url(redis_url).ping()
        assert not services_status(place)["postgres"].is_running()
    finally:
        stop_services(place)
        shutil.rmtree(place.home())


def test_both_services_want_their_password(services):
    database_url, redis_url = ensure_urls({}, services)

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(_without_password(database_url))
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(_without_password(redis_url)).ping()
    assert services.record.stat().st_mode & 0o077 == 0


def test_the_database_folds_vietnamese_letters_and_keeps_commits(services, query):
    url, _ = ensure_urls({}, services)

    assert query(url, "SELECT lower('ĐẶNG THỊ HƯỜNG')") == "đặng thị hường"
    assert query(url, "SHOW server_encoding") == "UTF8"
    assert query(url, "SHOW synchronous_commit") == "on"
    assert query(url, "SHOW fsync") == "on"


def test_the_broker_never_drops_a_message_for_want_of_memory(services):
    settings = redis.Redis.from_url(ensure_urls({}, services)[1]).config_get("*")

    assert settings["maxmemory-policy"] == "noeviction"
    assert settings["appendonly"] == "yes"


def test_a_second_start_leaves_running_services_alone(services):
    before = services_status(services)

    ensure_urls({}, services)

    assert services_status(services) == before


def test_what_was_committed_survives_a_kill_of_the_servers(services, query):
    database_url, redis_url = ensure_urls({}, services)
    query(database_url, "CREATE TABLE kept AS SELECT 42 AS value")
    _kill(services)

    again = ensure_urls({}, services)

    assert again == (database_url, redis_url)
    assert query(again[0], "SELECT value FROM kept") == 42
    query(again[0], "DROP TABLE kept")


def test_a_pid_file_that_names_another_program_does_not_stop_a_start(services):
    _kill(services)
    user = ServiceUser.owning(services.home() / "postgres")
    with subprocess.Popen(["sleep", "60"], **user.becoming()) as other:
        pid_file = services.home() / "postgres" / "postmaster.pid"
        pid_file.write_text(f"{other.pid}\n" + pid_file.read_text().partition("\n")[2])

        ensure_urls({}, services)

        assert services_status(services)["postgres"].is_running()
        assert other.poll() is None
        other.kill()


def test_a_port_taken_by_another_program_is_left_to_it(services):
    stop_services(services)
    before = services_status(services)["postgres"].port
    with socket.create_server(("127.0.0.1", before)):
        url, _ = ensure_urls({}, services)

    assert urlsplit(url).port != before
    psycopg.connect(url).close()


def test_a_lost_record_costs_no_data(services, query):
    query(ensure_urls({}, services)[0], "CREATE TABLE remembered AS SELECT 7 AS value")
    services.record.unlink()

    url, redis_url = ensure_urls({}, services)

    assert query(url, "SELECT value FROM remembered") == 7
    assert redis.Redis.from_url(redis_url).ping()
    query(url, "DROP TABLE remembered")


def test_a_copied_clone_starts_servers_of_its_own(services, tmp_path):
    copied = Place(tmp_path / "var")
    copied.var.mkdir()
    shutil.copy(services.record, copied.record)

    assert not any(record.is_running() for record in services_status(copied).values())


def test_many_starts_at_once_start_one_of_each(services):
    stop_services(services)
    command = [sys.executable, "-m", "vehreg.localservices", "env"]
    environment = {**os.environ, "VEHREG_VAR_DIR": str(services.var)}
    starts = [
        subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE) for _ in range(4)
    ]

    answers = {start.communicate()[0] for start in starts}

    assert len(answers) == 1
    assert all(start.returncode == 0 for start in starts)
    assert all(record.is_running() for record in services_status(services).values())


def test_stopping_leaves_no_process(services):
    processes = [record.process for record in services_status(services).values()]

    assert stop_services(services) == ["postgres", "broker"]
    assert not any(process.is_alive() for process in processes)
    assert stop_services(services) == []


def test_root_never_runs_a_server(services, as_root):
    for record in services_status(services).values():
        assert os.stat(f"/proc/{record.process.pid}").st_uid != 0


def test_an_interrupted_initdb_is_begun_again(tmp_path):
    place = Place(tmp_path / "var")
    place.var.mkdir()
    draft = place.prepare() / "postgres.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("15\n")
    try:
        url, _ = ensure_urls({"REDIS_URL": "redis://broker.example"}, place)
        psycopg.connect(url).close()
    finally:
        stop_services(place)
        shutil.rmtree(place.home())


def test_the_wheels_serve_where_the_system_has_no_servers(tmp_path, monkeypatch, query):
    monkeypatch.setenv("VEHREG_SERVICES", "wheels")
    monkeypatch.setenv("PATH", "")
    place = Place(tmp_path / "var")
    try:
        url, redis_url = ensure_urls({}, place)
        assert query(url, "SHOW server_version").startswith("18.")
        query(url, "CREATE EXTENSION pg_trgm")
        assert query(url, "SELECT lower('ĐƯỜNG')") == "đường"
        assert redis.Redis.from_url(redis_url).ping()
    finally:
        stop_services(place)
        shutil.rmtree(place.home())


def test_a_reused_process_number_is_not_taken_for_the_server():
    me = ProcessId.of(os.getpid())

    assert me.is_alive()
    assert not ProcessId(me.pid, me.ticks - 1, me.boot).is_alive()
    assert not ProcessId(me.pid, me.ticks, "another boot").is_alive()


def test_a_zombie_counts_as_ended():
    child = subprocess.Popen(["true"])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

    assert ProcessId.of(child.pid) is None
    child.wait()


def test_settings_follow_the_memory_and_the_disk():
    gigabyte = 1024**3

    small, large = (
        postgres_settings(gigabyte // 2, 2, 6 * gigabyte, lz4=False),
        postgres_settings(256 * gigabyte, 32, 2000 * gigabyte, lz4=True),
    )

    assert (small["shared_buffers"], small["max_wal_size"]) == ("128MB", "1024MB")
    assert (large["shared_buffers"], large["max_wal_size"]) == ("8192MB", "8192MB")
    assert small["jit"] == large["jit"] == "off"
    assert int(small["max_connections"]) >= 200
