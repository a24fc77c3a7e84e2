"""The file of declarations. Source of the columns: the delivery formats."""

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.deliveries import choices, types
from registry.deliveries.kinds import Column, Kind, register
from registry.deliveries.merges import SimpleMerge

CHANNEL: Final = {
    "ihanoi": ("iHanoi", "Cổng iHanoi"),
    "officer": ("Cán bộ", "Công an xã", "Công an phường"),
    "organisation": ("Tổ chức", "Cơ quan", "Doanh nghiệp", "organization"),
}
SUBJECT: Final = {
    "vehicle": ("Xe", "Phương tiện", "Đăng ký xe"),
    "licence": ("GPLX", "Giấy phép lái xe", "license"),
}
USAGE_STATUS: Final = {
    "in_use_owner": ("Chính chủ đang sử dụng", "Đang sử dụng", "Chính chủ"),
    "in_use_family": ("Người thân sử dụng", "Người nhà sử dụng", "Gia đình sử dụng"),
    "bought_not_transferred": ("Mua chưa sang tên", "Đã mua chưa sang tên"),
    "sold_not_transferred": ("Bán chưa sang tên", "Đã bán chưa sang tên", "Đã bán"),
    "given_or_inherited": ("Được cho, tặng, thừa kế", "Thừa kế", "Cho tặng", "Được thừa kế"),
    "lost": ("Mất", "Thất lạc", "Bị mất"),
    "stolen": ("Mất cắp", "Bị mất cắp", "Bị trộm"),
    "seized": ("Bị tạm giữ", "Bị tịch thu", "Tạm giữ"),
    "unused": ("Không sử dụng", "Hư hỏng", "Hư hỏng không sử dụng"),
    "scrapped": ("Đã thanh lý", "Tiêu hủy", "Bán phế liệu"),
    "expired": ("Hết niên hạn", "Hết hạn"),
    "moved_away": ("Chuyển đi tỉnh khác", "Chuyển đi", "Chuyển ra ngoài thành phố"),
    "owner_deceased": ("Chủ xe đã mất", "Chủ xe đã chết"),
    "not_mine": ("Không phải của tôi", "Không phải xe của tôi"),
}
# An organisation gets back the list of its vehicles and fills it in: what it left open it has not declared.
_STATUS_OPEN: Final = types.Fault(
    "status_missing", "VALUE IS NULL AND channel = 'organisation' AND subject = 'vehicle'", rejects=True
)
_STATUS: Final = types.choice(USAGE_STATUS)
# Columns of the file that the table holds under the same name.
_SAME: Final = (
    "external_id", "declared_at", "channel", "subject", "declarant_id", "declarant_name", "declarant_phone",
    "ward_code", "plate", "vehicle_kind", "plate_colour", "engine_no", "chassis_no", "licence_number",
    "licence_class", "usage_status", "counterparty_name", "counterparty_id", "since", "note",
)  # fmt: skip

DECLARATIONS = register(
    Kind(
        name="declarations",
        label=_("Declarations"),
        key=("channel", "external_id"),
        columns=(
            Column("external_id", types.code(64), ("Mã khai báo", "Mã hồ sơ"), mandatory=True),
            Column("declared_at", types.TIMESTAMP, ("Thời điểm khai báo", "Ngày khai báo"), mandatory=True),
            Column("channel", types.choice(CHANNEL), ("Kênh", "Kênh khai báo"), mandatory=True),
            Column("subject", types.choice(SUBJECT), ("Đối tượng", "Loại khai báo"), mandatory=True),
            Column("declarant_id", types.PARTY_ID, ("Số định danh người khai", "Số định danh"), lenient=True),
            Column(
                "declarant_name", types.NAME, ("Họ tên người khai", "Người khai", "Họ tên"), mandatory=True
            ),
            Column("declarant_phone", types.PHONE, ("Điện thoại", "Số điện thoại"), lenient=True),
            Column("ward_code", types.WARD, ("Mã xã/phường", "Mã xã phường"), lenient=True),
            Column("plate", types.PLATE, ("Biển số", "Biển số xe", "Biển kiểm soát"), lenient=True),
            Column("vehicle_kind", types.choice(choices.VEHICLE_KIND), ("Loại xe",), lenient=True),
            Column("plate_colour", types.choice(choices.PLATE_COLOUR), ("Màu biển",), lenient=True),
            Column("engine_no", types.text(60), ("Số máy",)),
            Column("chassis_no", types.text(60), ("Số khung",)),
            Column("licence_number", types.NUMBER, ("Số GPLX", "Số giấy phép lái xe"), lenient=True),
            Column("licence_class", types.code(8), ("Hạng", "Hạng GPLX"), lenient=True),
            Column(
                "usage_status",
                replace(_STATUS, faults=(*_STATUS.faults, _STATUS_OPEN)),
                ("Tình trạng sử dụng", "Tình trạng"),
                lenient=True,
            ),
            Column("counterparty_name", types.NAME, ("Tên bên kia", "Bên mua/bán"), lenient=True),
            Column("counterparty_id", types.PARTY_ID, ("Số định danh bên kia",), lenient=True),
            Column("since", types.DATE, ("Từ ngày",), lenient=True),
            Column("note", types.text(2000), ("Ghi chú",)),
        ),
        merge=lambda: SimpleMerge(
            model="cases.Declaration",
            fields={name: name for name in _SAME} | {"unit_id": "ward_code_unit"},
            key=("channel", "external_id"),
            # One that says something else is looked at again.
            reset={"state": "'received'", "reconciled_at": "NULL"},
        ),
    )
)
