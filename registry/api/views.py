"""The registers, one view set each."""

from typing import Any

from registry.api import filters, serializers
from registry.links import with_link
from registry.models import DriverLicence, Owner, Person, Vehicle
from vehreg.audit.api import ScopedViewSet


class VehicleViewSet(ScopedViewSet):
    queryset: Any = Vehicle.objects.select_related("owner", "unit")
    serializer_class = serializers.VehicleSerializer
    filterset_class = filters.VehicleFilters


class OwnerViewSet(ScopedViewSet):
    queryset: Any = with_link(Owner.objects.select_related("unit"))
    serializer_class = serializers.OwnerSerializer
    filterset_class = filters.OwnerFilters


class LicenceViewSet(ScopedViewSet):
    queryset: Any = with_link(DriverLicence.objects.select_related("unit"))
    serializer_class = serializers.LicenceSerializer
    filterset_class = filters.LicenceFilters


class PersonViewSet(ScopedViewSet):
    queryset: Any = Person.objects.select_related("unit")
    serializer_class = serializers.PersonSerializer
    filterset_class = filters.PersonFilters


# Name under /api/v1/ → its view set.
ROUTES = {
    "vehicles": VehicleViewSet,
    "owners": OwnerViewSet,
    "licences": LicenceViewSet,
    "persons": PersonViewSet,
}
