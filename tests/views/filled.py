"""What the pages of a registration look like when they are filled in well."""

from tests.factories import PASSWORD

REGISTER = {
    "name_km": "មណ្ឌលគំរូ", "name_latin": "Sample Home", "who": "director", "own_name_km": "គំរូ ក",
    "own_name_latin": "Sample Director", "email": "director@example.org", "phone": "០១២ ៣៤៥ ៦៧៨",
    "username": "Sample.Director",
    "password": PASSWORD,
}  # fmt: skip
LEGAL = {
    "name_km": "មណ្ឌលគំរូ", "name_latin": "Sample Home",
    "origin": "local", "registration_number": "1234 SAMPLE", "registration_date": ["២", "៣", "២០១៥"],
    "letter_address_km": "ប្រអប់សំបុត្រគំរូ", "public_phone": "០២៣ ២១២ ៣៤៥",
}  # fmt: skip
WORK = {
    "services": ["residential-care", "counselling"], "groups": ["women", "girls"], "provinces": ["12"],
    "places": "២៤", "child_places": "12", "active_cases": "30",
}  # fmt: skip
STAFF = {
    "staff.case_manager": "២", "staff.house_mother": "3", "pay.case_manager": "350.50",
    "director_post_km": "នាយក", "director_post_en": "Director",
}  # fmt: skip
SITE = {"kind": "residential", "province": "12", "called": "House 2", "address": "Hidden lane 271"}
INVITED = {
    "own_name_km": "គំរូ ខ", "own_name_latin": "Sample Colleague", "post_km": "នាយិកា", "post_en": "Director",
    "username": "sample.colleague", "password": PASSWORD,
}  # fmt: skip
