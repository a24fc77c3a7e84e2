"""The site everybody works in."""

from unfold.sites import UnfoldAdminSite


class VehregSite(UnfoldAdminSite):
    pass
