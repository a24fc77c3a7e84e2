"""The words in which Vietnamese files give a choice: value → synonyms, in any case, with or without tones."""

from typing import Final

GENDER: Final = {"M": ("Nam", "male", "1"), "F": ("Nữ", "female", "0")}
VEHICLE_KIND: Final = {
    "car": ("Ô tô", "Oto", "Xe ô tô", "Xe con", "automobile"),
    "motorbike": ("Xe máy", "Mô tô", "Xe mô tô", "Môtô", "Xe gắn máy", "motorcycle"),
    "moped": ("Xe gắn máy dưới 50cc", "Xe máy dưới 50cc", "Xe 50cc"),
    "electric_motorbike": ("Xe máy điện", "Mô tô điện", "Xe mô tô điện", "electric motorbike"),
    "trailer": ("Rơ moóc", "Rơ mooc", "Sơ mi rơ moóc", "Sơ mi rơ mooc"),
    "tractor": ("Máy kéo", "Đầu kéo", "Xe máy kéo"),
    "other": ("Khác", "Loại khác", "Xe khác"),
}
PLATE_COLOUR: Final = {
    "white": ("Trắng", "T", "Nền trắng", "Biển trắng"),
    "yellow": ("Vàng", "V", "Nền vàng", "Biển vàng"),
    "blue": ("Xanh", "X", "Nền xanh", "Biển xanh"),
    "red": ("Đỏ", "Đ", "Nền đỏ", "Biển đỏ"),
}
VEHICLE_STATUS: Final = {
    "active": ("Đang sử dụng", "Đang hoạt động", "Hoạt động", "Đang lưu hành", "in use"),
    "expired": ("Hết hạn", "Hết niên hạn", "Hết niên hạn sử dụng"),
    "revoked": ("Thu hồi", "Đã thu hồi", "Bị thu hồi"),
    "stolen": ("Mất cắp", "Bị mất cắp", "Bị trộm"),
    "lost": ("Mất", "Bị mất", "Thất lạc"),
    "scrapped": ("Thanh lý", "Đã hủy", "Tiêu hủy", "Phế liệu", "Thải loại"),
    "not_circulating": ("Không lưu hành", "Dừng lưu hành", "Không còn lưu hành"),
}
OWNER_KIND: Final = {
    "citizen": ("Công dân", "Cá nhân", "Người Việt Nam", "individual", "person"),
    "foreigner": ("Người nước ngoài", "Nước ngoài"),
    "organisation": ("Tổ chức", "Cơ quan", "Doanh nghiệp", "Công ty", "organization", "company"),
}
LICENCE_MEDIUM: Final = {
    "pet": ("Thẻ PET", "Vật liệu PET", "Thẻ nhựa"),
    "paper": ("Giấy", "Bìa giấy", "Giấy bìa"),
}
LICENCE_STATUS: Final = {
    "valid": ("Còn hạn", "Còn hiệu lực", "Có hiệu lực", "Hiệu lực"),
    "expired": ("Hết hạn", "Hết hiệu lực"),
    "revoked": ("Thu hồi", "Đã thu hồi", "Bị thu hồi"),
    "suspended": ("Tước", "Bị tước", "Tạm giữ", "Tạm đình chỉ", "Tước quyền sử dụng"),
}
VIOLATION_STATUS: Final = {
    "open": ("Chưa xử lý", "Đang xử lý", "Mới"),
    "settled": ("Đã xử lý", "Đã nộp phạt", "Xong"),
}
EXPIRY_REASON: Final = {
    "use_life": ("Hết niên hạn", "Hết niên hạn sử dụng", "Niên hạn"),
    "not_circulating": ("Không lưu hành", "Dừng lưu hành", "Không còn lưu hành"),
}
