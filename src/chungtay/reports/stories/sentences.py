"""The sentences a story may say, written by hand in Vietnamese and English. Data: no figure stands in any of them.

`{code}` is a fact's figure, `{code:when}` its days, `{code|words}` words said where it is yes, `{!code|words}` where it
is no; `~part` is the part of the one at hand (a title, a work). Of the alternatives of one sentence the first is said
whose facts are all known; where none is, nothing is said, and what is missing stands at the end of the story.
"""

from dataclasses import dataclass
from typing import Final

from rulebook import Text


@dataclass(frozen=True)
class Say:
    """One sentence. each: said once for each of a family, such as every title; "" is said once."""

    alternatives: tuple[Text, ...]
    each: str = ""


def say(*alternatives: tuple[str, str], each: str = "") -> Say:
    return Say(tuple(Text(*words) for words in alternatives), each)


@dataclass(frozen=True)
class Part:
    """A heading ("" for the lead) and its paragraphs."""

    heading: Text
    paragraphs: tuple[tuple[Say, ...], ...]


HEADLINES: Final = (
    say(("{place}: {~name} năm {~year}", "{place}: {~name}, {~year}"), each="title"),
    say(("{place}: công bố {~stated}", "{place}: {~stated}, as stated"), each="standard"),
    say(("{place}: {money} cùng xây dựng nông thôn mới", "{place}: {money} for the new countryside")),
    say(("{place} xây dựng nông thôn mới", "{place}: building the new countryside")),
)
"""The first that can be said without a figure put together again or simulated."""

PARTS: Final = (
    Part(
        Text("", ""),
        (
            (
                say(
                    (
                        "{place_above:when}, {place} thuộc {place_above}; nay là {place_today}.",
                        "{place_above:when}, {place} lay in {place_above}; today it is {place_today}.",
                    ),
                    ("{place} thuộc {place_above}.", "{place} lies in {place_above}."),
                ),
            ),
            (
                say(
                    (
                        "{households:when}, nơi đây có {households} với {population}.",
                        "{households:when}, there were {households} with {population}.",
                    ),
                    (
                        "{households:when}, nơi đây có {households}.",
                        "{households:when}, there were {households}.",
                    ),
                    (
                        "{population:when}, nơi đây có {population}.",
                        "{population:when}, there were {population}.",
                    ),
                ),
                say(("Cả địa bàn có {communes}.", "The area counts {communes}.")),
                say(("Thu nhập bình quân là {income}.", "The average income was {income}.")),
                say(("Trong sổ còn {poor_households}.", "The register counted {poor_households}.")),
            ),
        ),
    ),
    Part(
        Text("Cùng nhau làm", "What was done together"),
        (
            (
                say(
                    (
                        "Năm {~year}, địa bàn vào danh sách xây dựng {~name}, hạn {~due}.",
                        "In {~year} the place was listed to be built as “{~name}”, due {~due}.",
                    ),
                    (
                        "Năm {~year}, địa bàn vào danh sách xây dựng {~name}.",
                        "In {~year} the place was listed to be built as “{~name}”.",
                    ),
                    each="listing",
                ),
            ),
            (
                say(("Người dân đã thông qua {decisions}.", "The people passed {decisions}.")),
                say(
                    (
                        "Mức cùng góp của mỗi hộ là {~rate}.",
                        "Each household was to give {~rate}.",
                    ),
                    each="share",
                ),
                say(
                    (
                        "{democracy|Ban phát triển thực hiện tốt quy chế dân chủ}.",
                        "{democracy|The development board follows the rules of democracy}.",
                    ),
                    (
                        "{!democracy|Ban phát triển chưa thực hiện tốt quy chế dân chủ}.",
                        "{!democracy|The development board does not yet follow the rules of democracy}.",
                    ),
                ),
            ),
            (
                say(
                    (
                        "{money:when}, huy động được {money}, trong đó người dân đóng góp {money_people}.",
                        "{money:when}, {money} was raised, of which {money_people} by the people.",
                    ),
                    ("{money:when}, huy động được {money}.", "{money:when}, {money} was raised."),
                    (
                        "{money_people:when}, người dân đóng góp {money_people}.",
                        "{money_people:when}, the people gave {money_people}.",
                    ),
                ),
                say(("Vốn Nhà nước là {money_state}.", "State money came to {money_state}.")),
                say(("Doanh nghiệp góp {money_enterprise}.", "Enterprises gave {money_enterprise}.")),
                say(
                    (
                        "Người dân, doanh nghiệp và tín dụng, không tách riêng, là {money_social}.",
                        "People, enterprises and credit, not told apart, came to {money_social}.",
                    )
                ),
                say(("Vốn tín dụng là {money_credit}.", "Credit came to {money_credit}.")),
                say(
                    (
                        "Còn {money_untold} từ nguồn tài liệu không kể.",
                        "The remaining {money_untold} came from sources the papers do not tell.",
                    )
                ),
            ),
            (
                say(("Tiền mặt dân góp là {money_cash}.", "Cash given by the people came to {money_cash}.")),
                say(
                    (
                        "Người dân góp {labour} và hiến {land}.",
                        "The people gave {labour} and {land}.",
                    ),
                    ("Người dân góp {labour}.", "The people gave {labour}."),
                    ("Người dân hiến {land}.", "The people gave {land}."),
                ),
                say(
                    (
                        "Ngày công quy đổi thành {labour_worth}.",
                        "The labour is valued at {labour_worth}.",
                    )
                ),
                say(("Đất hiến quy đổi thành {land_worth}.", "The land is valued at {land_worth}.")),
            ),
            (
                say(
                    (
                        "{outreach_sessions:when}, tuyên truyền {outreach_sessions} với {outreach_attendances}.",
                        "{outreach_sessions:when}, outreach held {outreach_sessions} with {outreach_attendances}.",
                    ),
                    (
                        "{outreach_sessions:when}, tuyên truyền {outreach_sessions}.",
                        "{outreach_sessions:when}, outreach held {outreach_sessions}.",
                    ),
                ),
                say(
                    (
                        "{training_sessions:when}, tập huấn {training_sessions} với {training_attendances}.",
                        "{training_sessions:when}, training held {training_sessions} with {training_attendances}.",
                    ),
                    (
                        "{training_sessions:when}, tập huấn {training_sessions}.",
                        "{training_sessions:when}, training held {training_sessions}.",
                    ),
                ),
            ),
        ),
    ),
    Part(
        Text("Đã xây dựng", "What was built"),
        (
            (
                say(
                    (
                        "Nghiệm thu {works_built}, trong đó có {road_km} làm mới hoặc mở rộng.",
                        "Accepted: {works_built}, among them {road_km} built or widened.",
                    ),
                    ("Nghiệm thu {works_built}.", "Accepted: {works_built}."),
                ),
            ),
            (
                say(("Địa bàn có {concrete_road}.", "The place has {concrete_road}.")),
                say(
                    (
                        "{bright_road_share} sáng, xanh, sạch, đẹp.",
                        "{bright_road_share} are bright, green, clean and beautiful.",
                    )
                ),
                say(("Đường được cứng hóa: {paved_share}.", "Paved: {paved_share}.")),
                say(
                    (
                        "Đường xã được cứng hóa: {commune_roads_share}.",
                        "Commune roads paved: {commune_roads_share}.",
                    )
                ),
                say(
                    (
                        "Đường thôn được cứng hóa: {hamlet_roads_share}.",
                        "Hamlet roads hardened: {hamlet_roads_share}.",
                    )
                ),
                say(
                    (
                        "{culture_house|Nhà văn hóa đủ thiết chế, trang thiết bị}.",
                        "{culture_house|The culture house is to standard and equipped}.",
                    ),
                    (
                        "{!culture_house|Nhà văn hóa chưa đủ thiết chế, trang thiết bị}.",
                        "{!culture_house|The culture house is not yet to standard and equipped}.",
                    ),
                ),
                say(
                    (
                        "Có {cameras} an ninh, {cameras_linked|nối với hệ thống của xã}.",
                        "There are {cameras} for security, {cameras_linked|linked to the commune's system}.",
                    ),
                    ("Có {cameras} an ninh.", "There are {cameras} for security."),
                ),
                say(
                    (
                        "Hạ tầng số: {fibre_share}, {mobile_share}.",
                        "Networks: {fibre_share}, {mobile_share}.",
                    ),
                    ("Hạ tầng số: {fibre_share}.", "Networks: {fibre_share}."),
                    ("Hạ tầng số: {mobile_share}.", "Networks: {mobile_share}."),
                ),
                say(
                    ("{map|Có sơ đồ chỉ dẫn hạ tầng}.", "{map|An infrastructure map stands in the place}."),
                    ("{!map|Chưa có sơ đồ chỉ dẫn hạ tầng}.", "{!map|There is no infrastructure map yet}."),
                ),
            ),
            (
                say(("Có {groups} hoạt động hiệu quả.", "{groups} work well.")),
                say(
                    (
                        "{growing_area|Vùng trồng được cấp mã} ({growing_area:when}).",
                        "{growing_area|A growing-area code was granted} ({growing_area:when}).",
                    ),
                    (
                        "{!growing_area|Chưa được cấp mã vùng trồng}.",
                        "{!growing_area|No growing-area code yet}.",
                    ),
                ),
            ),
        ),
    ),
    Part(
        Text("Được công nhận, được ghi nhận", "What was recognised"),
        (
            (
                say(
                    (
                        "{~by} công nhận {~of} là {~name} năm {~year}; {place} được thừa nhận danh hiệu đó.",
                        "{~by} recognised {~of} as “{~name}” ({~year}); {place} has taken the title over.",
                    ),
                    (
                        "{~by} công nhận {place} là {~name} năm {~year}.",
                        "{~by} recognised {place} as “{~name}” ({~year}).",
                    ),
                    (
                        "{place} được công nhận là {~name} năm {~year}.",
                        "{place} was recognised as “{~name}” ({~year}).",
                    ),
                    each="title",
                ),
                say(
                    (
                        "Quyết định số {~number}, ngày {~day}.",
                        "The decision is {~number} of {~day}.",
                    ),
                    ("Quyết định ngày {~day}.", "The decision is of {~day}."),
                    ("Quyết định số {~number}.", "The decision is {~number}."),
                    each="title",
                ),
                say(("Lễ công bố vào ngày {~ceremony}.", "The ceremony was on {~ceremony}."), each="title"),
                say(
                    ("Danh hiệu này {~ended} {~ended:when}.", "The title {~ended} {~ended:when}."),
                    each="title",
                ),
            ),
            (say(("Tài liệu kể: “{~words}”.", "As a paper tells: “{~words}”."), each="rank"),),
            (
                say(
                    (
                        "Theo {~name}, số liệu cho thấy đạt {~met}, còn {~unknown} chưa đủ số liệu.",
                        "By the set “{~name}”, the figures meet {~met}; {~unknown} lack figures.",
                    ),
                    (
                        "Theo {~name}, số liệu cho thấy đạt {~met}.",
                        "By the set “{~name}”, the figures meet {~met}.",
                    ),
                    (
                        "Theo {~name}, chưa có số liệu để xét {~unknown}.",
                        "By the set “{~name}”, there are no figures yet to judge {~unknown}.",
                    ),
                    each="standard",
                ),
                say(
                    (
                        "Kết quả công bố: {~stated_first:when} đạt {~stated_first}, {~stated:when} đạt {~stated}.",
                        "As stated: {~stated_first} met {~stated_first:when}, {~stated} {~stated:when}.",
                    ),
                    (
                        "Kết quả công bố: {~stated:when} đạt {~stated}.",
                        "As stated: {~stated} met {~stated:when}.",
                    ),
                    each="standard",
                ),
                say(
                    (
                        "Kết quả công bố cho {~name}: {~whole} ({~whole:when}); đây không phải là danh hiệu.",
                        "Stated for the set “{~name}”: {~whole} ({~whole:when}); this is not a title.",
                    ),
                    each="standard",
                ),
            ),
            (
                say(
                    ("{communes_standard} đạt chuẩn nông thôn mới.", "{communes_standard} meet the standard.")
                ),
                say(
                    (
                        "{communes_advanced} đạt chuẩn nâng cao.",
                        "{communes_advanced} meet the advanced standard.",
                    )
                ),
                say(
                    (
                        "Sổ công nhận có {below_communes} giữ danh hiệu nông thôn mới.",
                        "On record, {below_communes} hold the title of the standard.",
                    )
                ),
                say(
                    (
                        "Sổ công nhận có {below_advanced} giữ danh hiệu nâng cao.",
                        "On record, {below_advanced} hold the advanced title.",
                    )
                ),
                say(
                    (
                        "Sổ công nhận có {below_areas} giữ danh hiệu kiểu mẫu.",
                        "On record, {below_areas} hold a model title.",
                    )
                ),
            ),
            (
                say(
                    (
                        "Gia đình văn hóa: {cultural_families}.",
                        "Cultural families: {cultural_families}.",
                    )
                ),
                say(
                    (
                        "Danh hiệu văn hóa được giữ {streak}.",
                        "The cultural title was held {streak}.",
                    )
                ),
                say(
                    (
                        "Năm {commended_year}, có {commendations}.",
                        "In {commended_year}, there were {commendations}.",
                    ),
                    (
                        "Năm {commended_year}, có khen thưởng trong phong trào.",
                        "In {commended_year}, work in the movement was commended.",
                    ),
                ),
            ),
        ),
    ),
    Part(
        Text("Việc tiếp theo", "What comes next"),
        (
            (
                say(
                    (
                        "Trong danh sách sẽ xây dựng, chưa được công nhận, có {to_build}.",
                        "Listed to be built, not yet recognised: {to_build}.",
                    )
                ),
                say(("Đang làm {works_going}.", "In progress: {works_going}.")),
                say(
                    (
                        "{~name}: tiến độ {~progress} ({~progress:when}).",
                        "{~name}: {~progress} done ({~progress:when}).",
                    ),
                    ("{~name}: tiến độ {~progress}.", "{~name}: {~progress} done."),
                    ("{~name}: chưa có số liệu về tiến độ.", "{~name}: no data yet of its progress."),
                    each="work",
                ),
            ),
        ),
    ),
)

UNKNOWN: Final = Text("Chưa có số liệu", "No data yet")
NOTHING: Final = Text("Chưa có số liệu.", "No data yet.")
UNKNOWN_LEAD: Final = Text(
    "Không bản ghi nào trong thời gian này cho biết những điều sau; bài không đoán.",
    "No record of these days tells the following; nothing is guessed.",
)
MARK_CLOSES: Final[dict[str, Text]] = {
    "told": Text(
        "Số liệu trong đoạn này theo tài liệu.", "The figures of this paragraph are told by a document."
    ),
    "stated": Text("Số liệu trong đoạn này là công bố.", "The figures of this paragraph are as stated."),
    "reconstructed": Text(
        "Số liệu trong đoạn này là dựng lại.", "The figures of this paragraph are reconstructed."
    ),
    "simulated": Text("Số liệu trong đoạn này là mô phỏng.", "The figures of this paragraph are simulated."),
}
