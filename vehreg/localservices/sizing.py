"""Settings of the private PostgreSQL, from the memory, cores and disk there are.

Several clones may run on one machine, so it takes less than a server would: docs/operations.md.
"""

from __future__ import annotations

import os
from pathlib import Path

_MB = 1024 * 1024
_SMALL_SHM = 512 * _MB


def memory_bytes() -> int:
    """Memory this process may use: the machine's, or less inside a limited container."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = int(Path("/sys/fs/cgroup/memory.max").read_text())
    except (OSError, ValueError):
        return machine
    return min(machine, limit)


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def postgres_settings(memory: int, processors: int, disk: int, *, lz4: bool) -> dict[str, str]:
    """Settings by name; `memory` and free `disk` in bytes, `lz4` as the server was built."""
    return {
        "shared_buffers": _share(memory, 6, 128, 8192),
        "effective_cache_size": _share(memory, 2, 512, 65536),
        "work_mem": _share(memory, 384, 8, 64),
        "maintenance_work_mem": _share(memory, 48, 64, 512),
        "max_connections": "250",
        "max_locks_per_transaction": "256",
        "max_worker_processes": str(max(8, processors + 4)),
        "max_parallel_workers": str(processors),
        "max_parallel_workers_per_gather": str(max(1, processors // 2)),
        "max_parallel_maintenance_workers": str(max(1, processors // 2)),
        # Bulk loads: few checkpoints; commits stay durable, the demo's data survives a kill -9.
        "max_wal_size": _share(disk, 8, 1024, 8192),
        "min_wal_size": "256MB",
        "checkpoint_timeout": "15min",
        # A tenth of a bulk load goes into PostgreSQL's own way of compressing.
        "wal_compression": "lz4" if lz4 else "on",
        "synchronous_commit": "on",
        "random_page_cost": "1.1",
        "jit": "off",
        **({"dynamic_shared_memory_type": "mmap"} if _shm_is_small() else {}),
    }


def _share(whole: int, part: int, least: int, most: int) -> str:
    """One `part`-th of what there is between two bounds, in MB."""
    return f"{max(least, min(most, whole // part // _MB))}MB"


def _shm_is_small() -> bool:
    """Containers often give /dev/shm 64 MB, and a parallel query needs more.

    Where it cannot be used at all, initdb notices by itself.
    """
    try:
        room = os.statvfs("/dev/shm")  # noqa: S108 - only its size is asked
    except OSError:
        return True
    return room.f_blocks * room.f_frsize < _SMALL_SHM
