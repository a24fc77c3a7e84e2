"""A release as a line of a list."""

from cases.models import Release
from cases.models.release import ReleaseState
from vehreg.adminsite.panels import Cell, page_of
from vehreg.adminsite.words import NOTHING, count, words

STATE_BADGES: dict[str, str] = {
    ReleaseState.DRAWING: "info",
    ReleaseState.JUDGING: "info",
    ReleaseState.ACCEPTED: "good",
    ReleaseState.REJECTED: "bad",
    ReleaseState.RELEASING: "info",
    ReleaseState.RELEASED: "good",
    ReleaseState.TAKING_BACK: "info",
    ReleaseState.TAKEN_BACK: "warn",
    ReleaseState.GIVEN_UP: "plain",
}


def release_cells(release: Release) -> list[Cell]:
    """Number, version, state, cases, when it was drawn and by whom."""
    return [
        Cell(str(release), url=page_of(release)),
        Cell(f"v{release.release_class.version}"),
        Cell(release.get_state_display(), badge=STATE_BADGES[release.state]),
        Cell(count(release.lot_size) if release.lot_size else NOTHING),
        Cell(f"{words(release.drawn_at)} · {release.drawn_by_name}"),
    ]
