"""Brands and models on Hà Nội's roads: what is stamped on engine and chassis, seats, payload, popularity."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Make:
    """One model; ``chassis`` are the first signs of the frame number, ``engine`` of the engine number."""

    brand: str
    model: str
    chassis: str
    engine: str
    weight: float
    seats: int = 2
    payload_kg: int | None = None


MOTORBIKES = (
    Make("HONDA", "WAVE ALPHA", "RLHHC12", "HC12E", 14), Make("HONDA", "WAVE RSX", "RLHJA38", "JA38E", 8),
    Make("HONDA", "DREAM II", "RLHHA08", "HA08E", 6), Make("HONDA", "FUTURE", "RLHJC76", "JC76E", 6),
    Make("HONDA", "VISION", "RLHJF58", "JF58E", 12), Make("HONDA", "AIR BLADE", "RLHJF63", "JF63E", 11),
    Make("HONDA", "LEAD", "RLHJF79", "JF79E", 8), Make("HONDA", "SH MODE", "RLHJF51", "JF51E", 4),
    Make("HONDA", "SH150I", "RLHKF11", "KF11E", 3), Make("HONDA", "WINNER X", "RLHKC34", "KC34E", 3),
    Make("YAMAHA", "SIRIUS", "RLC5C64", "5C64", 7), Make("YAMAHA", "JUPITER", "RLC5B94", "5B94", 3),
    Make("YAMAHA", "EXCITER", "RLC2ND1", "G3D4E", 4), Make("YAMAHA", "NOUVO", "RLC5P11", "5P11", 2),
    Make("YAMAHA", "JANUS", "RLCBJ71", "E3W5E", 2), Make("YAMAHA", "GRANDE", "RLC2BM1", "E32AE", 2),
    Make("PIAGGIO", "LIBERTY", "RP8M738", "M738M", 1.5),
    Make("PIAGGIO", "VESPA LX", "RP8M682", "M682M", 1.2), Make("SYM", "ATTILA", "RLGKE11", "VMM9B", 1.5),
    Make("SYM", "ELEGANT", "RLGSC10", "VMSAB", 1), Make("SUZUKI", "VIVA", "RLSBE42", "E413", 1),
    Make("LONCIN", "C110", "LLCLXN3", "LC152", 0.8),
)  # fmt: skip
CARS = (
    Make("TOYOTA", "VIOS", "RL4BT92", "2NRX", 12, 5), Make("TOYOTA", "INNOVA", "RL4XW42", "1TRA", 8, 8),
    Make("TOYOTA", "CAMRY", "RL4BF3F", "2ARA", 3, 5), Make("HYUNDAI", "ACCENT", "RLUA741", "G4LC", 8, 5),
    Make("HYUNDAI", "GRAND I10", "MALA851", "G4LA", 8, 5),
    Make("HYUNDAI", "SANTA FE", "RLUS181", "D4HB", 4, 7), Make("KIA", "MORNING", "RNYTB51", "G3LA", 8, 5),
    Make("KIA", "CERATO", "RNYFW41", "G4FG", 4, 5), Make("MAZDA", "3", "RN2BP52", "P540", 6, 5),
    Make("MAZDA", "CX-5", "RN2KF5E", "PY40", 5, 5), Make("FORD", "RANGER", "MNCUMFF", "SA2S", 5, 5, 740),
    Make("FORD", "EVEREST", "MNBUMFF", "YN2S", 3, 7), Make("HONDA", "CITY", "RLHGN28", "L15Z", 5, 5),
    Make("HONDA", "CR-V", "MRHRW68", "L15B", 4, 7), Make("MITSUBISHI", "XPANDER", "MK2LNNC", "4A91", 5, 7),
    Make("VINFAST", "FADIL", "RLLV2AA", "LVFA", 4, 5), Make("VINFAST", "VF 5", "RLLVFFA", "VFAA", 3, 5),
    Make("VINFAST", "LUX A2.0", "RLLV1CB", "N20B", 2, 5), Make("DAEWOO", "MATIZ", "RLAKLA4", "F8CV", 2, 5),
    Make("CHEVROLET", "SPARK", "RLLMF48", "B10S", 2, 5),
)  # fmt: skip
TRUCKS = (
    Make("THACO", "OLLIN 350", "RNHA350", "4J28", 5, 3, 3490),
    Make("THACO", "TOWNER 990", "RNHT990", "DK12", 5, 2, 990),
    Make("HYUNDAI", "PORTER H150", "KMFZCZ7", "D4CB", 5, 3, 1490),
    Make("HYUNDAI", "HD72", "KMFGA17", "D4DB", 4, 3, 3490),
    Make("ISUZU", "QKR", "RLEKR77", "4JH1", 4, 3, 2280),
    Make("HINO", "FC9J", "RLCFC9J", "J05E", 3, 3, 6400),
    Make("SUZUKI", "CARRY", "RLSDA21", "F10A", 3, 2, 650),
    Make("KIA", "K3000S", "RNYK300", "JT65", 3, 3, 1400),
)  # fmt: skip
COACHES = (
    Make("FORD", "TRANSIT", "RL2TJ7B", "DURA", 5, 16), Make("HYUNDAI", "COUNTY", "KMJHD17", "D4DB", 4, 29),
    Make("HYUNDAI", "UNIVERSE", "KMJKJ18", "D6CB", 3, 45),
    Make("THACO", "TOWN TB82S", "RNHTB82", "WP52", 2, 29),
    Make("MERCEDES-BENZ", "SPRINTER", "RLMS903", "M111", 3, 16),
)  # fmt: skip
MOPEDS = (
    Make("HONDA", "CUB 50", "LLHC50A", "C50E", 4), Make("KYMCO", "CANDY 50", "RLKCD50", "KR10", 3),
    Make("SYM", "ELITE 50", "RLGSE50", "VMEL", 3), Make("ESPERO", "CREA 50", "RR8CREA", "ES50", 2),
)  # fmt: skip
ELECTRIC = (
    Make("VINFAST", "KLARA S", "RLLVKSA", "VFKL", 6), Make("VINFAST", "LUDO", "RLLVLDA", "VFLD", 3),
    Make("YADEA", "XMEN NEO", "RR9YXMN", "YDEA", 3), Make("PEGA", "AURA", "RR9PAUR", "PEGA", 2),
)  # fmt: skip
TRAILERS = (
    Make("CIMC", "ZJV9400", "LJRC123", "", 5, 0, 31000),
    Make("DOOSUNG", "DV-CSKS", "RNKDSV4", "", 4, 0, 33000),
)  # fmt: skip
TRACTORS = (
    Make("KUBOTA", "L5018", "KBUL501", "V240", 4, 1), Make("YANMAR", "EF514", "YMREF51", "4TNV", 3, 1),
)  # fmt: skip

ALL = (MOTORBIKES, CARS, TRUCKS, COACHES, MOPEDS, ELECTRIC, TRAILERS, TRACTORS)


def table() -> list[list[dict[str, object]]]:
    """For each group of models a list in which each stands as often as it is seen."""
    return [
        [
            asdict(make)
            for make in group
            for _ in range(max(1, round(60 * make.weight / sum(m.weight for m in group))))
        ]
        for group in ALL
    ]
