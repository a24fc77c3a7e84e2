"""The kinds of files the registers receive. Source of the columns: the delivery formats."""

from django.utils.translation import gettext_lazy as _

from registry.deliveries import choices, types
from registry.deliveries.expiries import ExpiryMerge
from registry.deliveries.kinds import Column, Derived, Kind, register
from registry.deliveries.merges import SimpleMerge
from registry.deliveries.vehicles import PARTY_COLUMNS, VehicleMerge

PERSONS = register(
    Kind(
        name="persons",
        label=_("Population register"),
        key=("personal_id",),
        columns=(
            Column(
                "personal_id",
                types.PERSONAL_ID,
                ("Số định danh", "Số định danh cá nhân", "Số ĐDCN", "CCCD", "Số CCCD"),
                mandatory=True,
            ),
            Column("former_ids", types.FORMER_IDS, ("Số CMND", "CMND", "Số CMND cũ"), lenient=True),
            Column("full_name", types.NAME, ("Họ và tên", "Họ tên"), mandatory=True),
            Column("birth_date", types.BIRTH_DATE, ("Ngày sinh", "Ngày tháng năm sinh", "Năm sinh")),
            Column("gender", types.choice(choices.GENDER), ("Giới tính",)),
            Column("ward_code", types.WARD, ("Mã xã/phường", "Mã xã phường", "Mã phường/xã"), lenient=True),
            Column("address", types.text(500), ("Nơi thường trú", "Địa chỉ", "Địa chỉ thường trú")),
            Column("died_on", types.DATE, ("Ngày mất", "Ngày chết")),
            Column("as_of", types.DATE, ("Ngày trích xuất", "Ngày cập nhật"), mandatory=True),
        ),
        merge=lambda: SimpleMerge(
            model="registry.Person",
            fields={
                "personal_id": "personal_id",
                "former_ids": "former_ids",
                "full_name": "full_name",
                "birth_date": "birth_date",
                "birth_precision": "birth_date_precision",
                "gender": "gender",
                "ward_code": "ward_code",
                "unit_id": "ward_code_unit",
                "address": "address",
                "died_on": "died_on",
                "as_of": "as_of",
            },
            key=("personal_id",),
            newest="as_of",
        ),
    )
)

_PARTY_RECEIVED = (("owner_received", PARTY_COLUMNS),)
VEHICLES = register(
    Kind(
        name="vehicles",
        label=_("Vehicle register"),
        key=("source_id",),
        received=_PARTY_RECEIVED,
        derived=(Derived("party_key", "text", "vr_party_key(owner_kind, owner_id_number, owner_name)"),),
        columns=(
            Column("source_id", types.code(64), ("Mã hồ sơ", "Số hồ sơ"), mandatory=True),
            Column("plate", types.PLATE, ("Biển số", "Biển số xe", "Biển kiểm soát"), mandatory=True),
            Column(
                "vehicle_kind",
                types.choice(choices.VEHICLE_KIND),
                ("Loại xe", "Loại phương tiện"),
                mandatory=True,
            ),
            Column(
                "plate_colour",
                types.choice(choices.PLATE_COLOUR),
                ("Màu biển", "Màu biển số"),
                default="white",
            ),
            Column("brand", types.text(120), ("Nhãn hiệu",)),
            Column("model_code", types.text(120), ("Số loại",)),
            Column("colour", types.text(60), ("Màu sơn",)),
            Column("engine_no", types.text(60), ("Số máy",)),
            Column("chassis_no", types.text(60), ("Số khung",)),
            Column("year_made", types.integer(1880, 2200), ("Năm sản xuất", "Năm SX")),
            Column("seats", types.integer(0, 500), ("Số chỗ", "Số chỗ ngồi")),
            Column("payload_kg", types.integer(0, 2_000_000_000), ("Tải trọng", "Tải trọng (kg)")),
            Column("first_registered_on", types.DATE, ("Ngày đăng ký lần đầu",)),
            Column("registered_on", types.DATE, ("Ngày đăng ký",)),
            Column("valid_until", types.DATE, ("Có giá trị đến", "Có giá trị đến ngày")),
            Column("status", types.choice(choices.VEHICLE_STATUS), ("Trạng thái",), default="active"),
            Column("owner_kind", types.choice(choices.OWNER_KIND), ("Loại chủ xe",), mandatory=True),
            Column("owner_name", types.NAME, ("Tên chủ xe", "Chủ xe", "Họ tên chủ xe"), mandatory=True),
            Column(
                "owner_id_number",
                types.PARTY_ID,
                ("Số giấy tờ chủ xe", "Số giấy tờ", "Số CMND/CCCD", "Số định danh chủ xe"),
                lenient=True,
            ),
            Column("owner_birth_date", types.BIRTH_DATE, ("Ngày sinh chủ xe", "Ngày sinh"), lenient=True),
            Column(
                "owner_phone", types.PHONE, ("Điện thoại", "Số điện thoại", "Điện thoại chủ xe"), lenient=True
            ),
            Column("owner_address", types.text(500), ("Địa chỉ", "Địa chỉ chủ xe")),
            Column(
                "owner_ward_code", types.WARD, ("Mã xã/phường", "Mã xã phường", "Mã phường/xã"), lenient=True
            ),
            Column("file_code", types.text(64), ("Mã kho",)),
            Column("office_code", types.text(64), ("Nơi lưu hồ sơ",)),
        ),
        merge=VehicleMerge,
    )
)

LICENCES = register(
    Kind(
        name="licences",
        label=_("Licence register"),
        key=("source_id",),
        columns=(
            Column("source_id", types.code(64), ("Mã hồ sơ", "Số hồ sơ"), mandatory=True),
            Column("number", types.NUMBER, ("Số GPLX", "Số giấy phép lái xe"), lenient=True),
            Column("medium", types.choice(choices.LICENCE_MEDIUM), ("Loại", "Loại GPLX", "Chất liệu")),
            Column("licence_class", types.code(8), ("Hạng", "Hạng GPLX"), mandatory=True),
            Column("issued_on", types.DATE, ("Ngày cấp",)),
            Column("expires_on", types.DATE, ("Ngày hết hạn", "Có giá trị đến")),
            Column("issuing_office", types.text(160), ("Nơi cấp",)),
            Column("holder_name", types.NAME, ("Họ tên", "Họ và tên"), mandatory=True),
            Column("holder_birth_date", types.BIRTH_DATE, ("Ngày sinh",), lenient=True),
            Column("holder_id_number", types.PARTY_ID, ("Số định danh", "Số CCCD", "Số CMND"), lenient=True),
            Column("holder_address", types.text(500), ("Địa chỉ", "Nơi cư trú")),
            Column("holder_ward_code", types.WARD, ("Mã xã/phường", "Mã xã phường"), lenient=True),
            Column("points", types.integer(-1000, 1000), ("Số điểm", "Điểm")),
            Column("status", types.choice(choices.LICENCE_STATUS), ("Trạng thái",), default="valid"),
        ),
        merge=lambda: SimpleMerge(
            model="registry.DriverLicence",
            fields={
                "source_id": "source_id",
                "number": "number",
                "medium": "medium",
                "licence_class": "licence_class",
                "issued_on": "issued_on",
                "expires_on": "expires_on",
                "issuing_office": "issuing_office",
                "holder_name": "holder_name",
                "holder_birth_date": "holder_birth_date",
                "holder_birth_precision": "holder_birth_date_precision",
                "holder_id_number": "holder_id_number",
                "holder_address": "holder_address",
                "holder_ward_code": "holder_ward_code",
                "points": "points",
                "status": "status",
                "unit_id": "holder_ward_code_unit",
            },
            key=("source_id",),
            # Another holder is another person until a verdict says who.
            forget={"person_id": ("holder_name", "holder_id_number", "holder_birth_date")},
        ),
    )
)

VIOLATIONS = register(
    Kind(
        name="violations",
        label=_("Violations"),
        key=("source_id",),
        columns=(
            Column("source_id", types.code(64), ("Mã hồ sơ", "Số hồ sơ"), mandatory=True),
            Column("plate", types.PLATE, ("Biển số", "Biển kiểm soát"), lenient=True),
            Column("vehicle_kind", types.choice(choices.VEHICLE_KIND), ("Loại xe",)),
            Column("plate_colour", types.choice(choices.PLATE_COLOUR), ("Màu biển",)),
            Column("licence_number", types.NUMBER, ("Số GPLX",), lenient=True),
            Column("occurred_on", types.DATE, ("Ngày vi phạm",), mandatory=True),
            Column("behaviour_code", types.text(40), ("Mã hành vi",)),
            Column("behaviour", types.text(2000), ("Hành vi", "Hành vi vi phạm")),
            Column("decision_no", types.text(60), ("Số quyết định",)),
            Column("status", types.choice(choices.VIOLATION_STATUS), ("Trạng thái",), default="open"),
            Column("unit_code", types.WARD, ("Mã đơn vị", "Mã xã/phường"), lenient=True),
        ),
        merge=lambda: SimpleMerge(
            model="registry.Violation",
            fields={
                "source_id": "source_id",
                "plate": "plate",
                "vehicle_kind": "vehicle_kind",
                "plate_colour": "plate_colour",
                "licence_number": "licence_number",
                "occurred_on": "occurred_on",
                "behaviour_code": "behaviour_code",
                "behaviour": "behaviour",
                "decision_no": "decision_no",
                "status": "status",
                "unit_id": "unit_code_unit",
            },
            key=("source_id",),
        ),
    )
)

EXPIRED_VEHICLES = register(
    Kind(
        name="expired_vehicles",
        label=_("Vehicles past their use life or not in circulation"),
        key=("plate_key", "vehicle_kind", "plate_colour"),
        columns=(
            Column("plate", types.PLATE, ("Biển số", "Biển số xe", "Biển kiểm soát"), mandatory=True),
            Column("vehicle_kind", types.choice(choices.VEHICLE_KIND), ("Loại xe",), mandatory=True),
            Column("plate_colour", types.choice(choices.PLATE_COLOUR), ("Màu biển",)),
            Column("reason", types.choice(choices.EXPIRY_REASON), ("Lý do",), mandatory=True),
            Column("decided_on", types.DATE, ("Ngày quyết định",)),
            Column("decision_no", types.text(60), ("Số quyết định",)),
        ),
        merge=ExpiryMerge,
    )
)
