"""Who may do what where: the one table that grants rights.

Every role × deed × place (own, below, beside, above, elsewhere) × state of the post is generated and tried against it.
`chungtay print_rights` writes it into docs/use/quyen-han.md.
"""

from typing import Final

OWN: Final = "own and below"  # the post's own place and every place below it; a nationwide post: everywhere
BELOW: Final = "below only"  # never its own place
NEVER: Final = ""

RIGHTS: Final[dict[str, dict[str, str]]] = {
    "figures.record": {
        OWN: "hamlet_head hamlet_board commune_officer front_officer district_office sector_department "
        "province_office national_office",
    },
    "figures.import": {
        OWN: "commune_officer province_office national_office",
    },
    "figures.state_verdict": {
        OWN: "commune_officer commune_chair district_office sector_department province_office national_office",
    },
    "figures.rule_on": {
        OWN: "commune_officer sector_department province_office national_office",
    },
    "figures.freeze": {
        OWN: "commune_officer commune_chair province_office national_office",
    },
    "figures.confirm": {
        OWN: "commune_officer commune_chair front_officer sector_department province_office national_office",
    },
    "figures.return": {
        OWN: "commune_officer commune_chair front_officer sector_department province_office national_office",
    },
    "figures.call_period": {
        OWN: "province_office national_office",
    },
    "figures.lock": {
        OWN: "commune_officer commune_chair province_office national_office",
    },
    "figures.unlock": {
        OWN: "commune_officer commune_chair province_office national_office",
    },
    "community.publish": {
        OWN: "hamlet_head hamlet_board commune_officer commune_chair front_officer province_office national_office",
    },
    "registers.keep_amenities": {
        OWN: "hamlet_head hamlet_board commune_officer province_office national_office",
    },
    "registers.import_map": {
        OWN: "commune_officer province_office national_office",
    },
    "registers.keep_livelihood": {
        OWN: "hamlet_head hamlet_board commune_officer sector_department province_office national_office",
    },
    "recognition.enter": {
        BELOW: "commune_officer commune_chair district_office province_office national_office",
    },
    "recognition.prepare": {
        OWN: "hamlet_head hamlet_board commune_officer commune_chair",
    },
    "recognition.opine": {
        OWN: "front_officer",
    },
    "recognition.verify": {
        BELOW: "commune_officer commune_chair district_office",
    },
    "recognition.appraise": {
        BELOW: "district_office sector_department province_office",
    },
    "recognition.deliberate": {
        BELOW: "council_member",
    },
    "recognition.decide": {
        BELOW: "commune_chair district_office province_office national_office",
    },
    "recognition.withdraw": {
        BELOW: "commune_chair district_office province_office national_office",
    },
    "recognition.run_survey": {
        OWN: "front_officer",
    },
    "recognition.collect_ballots": {
        OWN: "front_officer hamlet_board",
    },
    "recognition.draw_sample": {
        BELOW: "commune_officer district_office province_office national_office",
    },
    "recognition.recheck": {
        BELOW: "commune_officer district_office sector_department province_office national_office",
    },
    "recognition.sign": {
        OWN: "hamlet_head commune_officer commune_chair front_officer district_office sector_department "
        "province_office national_office",
    },
    "reports.make": {
        OWN: "hamlet_head commune_officer commune_chair district_office province_office national_office",
    },
    "reports.freeze": {
        OWN: "commune_officer commune_chair province_office national_office",
    },
    "reports.publish": {
        OWN: "commune_officer commune_chair province_office national_office",
    },
    "standards.adopt": {
        OWN: "province_office national_office",
    },
    "standards.draft": {
        OWN: "province_office national_office",
    },
    "standards.check": {
        OWN: "province_office national_office",
    },
    "standards.publish": {
        OWN: "province_office national_office",
    },
    "people.see_posts": {
        OWN: "commune_chair steering province_office national_office auditor administrator",
    },
    "people.appoint": {
        OWN: "commune_chair province_office national_office administrator",
    },
    "core.read_audit": {
        OWN: "commune_chair province_office national_office auditor",
    },
    "territory.found": {
        OWN: "commune_officer commune_chair province_office national_office",
    },
    "evidence.keep": {
        OWN: "hamlet_head hamlet_board commune_officer commune_chair front_officer district_office "
        "sector_department province_office national_office",
    },
    "evidence.blur": {
        OWN: "hamlet_head hamlet_board commune_officer front_officer district_office sector_department "
        "province_office national_office",
    },
    "evidence.settle": {
        OWN: "commune_officer province_office national_office",
    },
    "core.see_jobs": {
        OWN: "province_office national_office auditor administrator",
    },
    "core.run_jobs": {
        OWN: "province_office national_office administrator",
    },
    "community.keep_households": {
        OWN: "hamlet_head hamlet_board commune_officer",
    },
    "community.see_restricted": {
        OWN: "hamlet_head commune_officer",
    },
    "community.hold_meeting": {
        OWN: "hamlet_head hamlet_board commune_officer",
    },
    "community.keep_convention": {
        OWN: "hamlet_head hamlet_board commune_officer",
    },
    "community.record_outreach": {
        OWN: "hamlet_head hamlet_board commune_officer front_officer "
        "district_office province_office national_office",
    },
    "community.run_campaign": {
        OWN: "hamlet_head hamlet_board commune_officer front_officer province_office national_office",
    },
    "community.answer_feedback": {
        OWN: "hamlet_head commune_officer commune_chair front_officer province_office national_office",
    },
    "community.set_up_supervision": {
        OWN: "front_officer",
    },
    "community.supervise": {
        OWN: "hamlet_head hamlet_board front_officer",
    },
    "community.commend": {
        OWN: "commune_officer commune_chair district_office province_office national_office",
    },
    "community.give_yearly_title": {
        OWN: "commune_officer commune_chair",
    },
    "ledger.receive": {
        OWN: "hamlet_head hamlet_board commune_officer",
    },
    "ledger.reverse": {
        OWN: "hamlet_head commune_officer",
    },
    "ledger.set_valuation": {
        OWN: "commune_officer province_office",
    },
    "ledger.allot": {
        OWN: "commune_officer district_office province_office national_office",
    },
    "ledger.reconcile": {
        OWN: "commune_officer",
    },
    "ledger.enter_opening": {
        OWN: "commune_officer district_office province_office",
    },
    "works.propose": {
        OWN: "hamlet_head hamlet_board commune_officer",
    },
    "works.plan": {
        OWN: "hamlet_head commune_officer commune_chair",
    },
    "works.keep_diary": {
        OWN: "hamlet_head hamlet_board commune_officer",
    },
    "works.accept": {
        OWN: "commune_officer commune_chair",
    },
    "works.settle": {
        OWN: "commune_officer commune_chair",
    },
    "works.enter_on_record": {
        OWN: "commune_officer province_office",
    },
}

# Who may give which posts, in their own place and below; nobody gives one to themselves.
APPOINTS: Final[dict[str, str]] = {
    "commune_chair": "hamlet_head hamlet_board commune_officer front_officer steering",
    "province_office": "hamlet_head hamlet_board commune_officer commune_chair front_officer steering "
    "district_office sector_department council_member province_office auditor",
    "national_office": "hamlet_head hamlet_board commune_officer commune_chair front_officer steering "
    "district_office sector_department council_member province_office national_office auditor",
    "administrator": "hamlet_head hamlet_board commune_officer commune_chair front_officer steering "
    "district_office sector_department council_member province_office national_office auditor administrator",
}

ONE_FIELD: Final = (
    "commune_officer front_officer sector_department"  # may or must be bound to one field of work
)
IN_ONE_FIELD: Final = (  # all that such a post may do, of the above, and on the criteria of its field only
    "figures.record figures.confirm figures.return figures.state_verdict figures.rule_on "
    "evidence.keep evidence.blur evidence.settle "
    "community.set_up_supervision community.supervise community.record_outreach community.run_campaign "
    "community.answer_feedback "
    "recognition.opine recognition.verify recognition.appraise recognition.recheck recognition.sign "
    "recognition.run_survey recognition.collect_ballots"
)
SEES_NO_DATA: Final = "administrator"


def where(role: str, deed: str) -> str:
    """OWN, BELOW or NEVER."""
    return next((place for place, named in RIGHTS.get(deed, {}).items() if role in named.split()), NEVER)
