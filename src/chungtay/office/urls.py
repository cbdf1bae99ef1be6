from django.urls import include, path, register_converter
from django.urls.converters import IntConverter

from chungtay.office import (
    accounts,
    accounts_new,
    background,
    criteria,
    entry,
    evidence,
    founding,
    grid,
    laws,
    layouts,
    places,
    ruling,
    succession,
    trail,
    verdicts,
    workbooks,
)

app_name = "office"


class KeyConverter(IntConverter):
    """A row's number, as far as a database can count."""

    regex = "[0-9]{1,18}"


register_converter(KeyConverter, "key")

urlpatterns = [
    path("", places.home, name="home"),
    path("chuc-danh/", accounts.posts, name="posts"),
    path("chuc-danh.csv", accounts.posts_sheet, name="posts_sheet"),
    path("chuc-danh/giao/", accounts_new.appoint, name="appoint"),
    path("chuc-danh/<key:post_id>/", accounts_new.change_post, name="change_post"),
    path("chuc-danh/tai-khoan/<key:user_id>/", accounts.account, name="account"),
    path("chuc-danh/tai-khoan/<key:user_id>/sua/", accounts.contacts, name="account_contacts"),
    path("chuc-danh/tai-khoan/<key:user_id>/viec/", accounts.deed, name="account_deed"),
    path("chuc-danh/tai-khoan/<key:user_id>/cap/", accounts.give, name="account_give"),
    path("dia-ban/", places.search, name="places"),
    path("dia-ban.csv", places.search_sheet, name="places_sheet"),
    path("dia-ban/<key:place_id>/", places.place, name="place"),
    path("dia-ban/<key:place_id>/tong-hop/", include("chungtay.office.boards.urls")),
    path("dia-ban/<key:place_id>/them/", founding.add, name="add_place"),
    path("dia-ban/<key:place_id>/so-lieu-cu/", succession.carry, name="carry"),
    path("dia-ban/<key:place_id>/chia-so-lieu/", succession.share_out, name="share_out"),
    path("dia-ban/<key:place_id>/bang-nhap/<slug:code>/", grid.grid, name="grid"),
    path("dia-ban/<key:place_id>/bang-nhap/<slug:code>/o/", grid.cell, name="grid_cell"),
    path("dia-ban/<key:place_id>/so-nhap/", workbooks.books, name="workbooks"),
    path("dia-ban/<key:place_id>/so-nhap/<slug:code>.xlsx", workbooks.download, name="workbook"),
    path("dia-ban/<key:place_id>/so-do/<slug:measure>/", verdicts.figure_history, name="figure_history"),
    path("dia-ban/<key:place_id>/<slug:code>.csv", verdicts.sheet, name="sheet"),
    path("dia-ban/<key:place_id>/<slug:code>/vi-sao/", verdicts.why, name="why"),
    path("dia-ban/<key:place_id>/<slug:code>/vi-sao/<str:indicator>/", verdicts.why, name="why_indicator"),
    path("dia-ban/<key:place_id>/<slug:code>/ket-luan/<str:indicator>/", ruling.rule, name="rule"),
    path("dia-ban/<key:place_id>/<slug:code>/chot/", verdicts.freeze, name="freeze"),
    path("dia-ban/<key:place_id>/<slug:code>/tieu-chi/<str:number>/", criteria.criterion, name="criterion"),
    path("dia-ban/<key:place_id>/<slug:code>/tieu-chi/<str:number>/nhap/", entry.enter, name="enter"),
    path("dia-ban/<key:place_id>/<slug:code>/tieu-chi/<str:number>/thu/", entry.preview, name="preview"),
    path("dia-ban/<key:place_id>/<slug:code>/tieu-chi/<str:number>/cong-bo/", criteria.state, name="state"),
    path("dia-ban/<key:place_id>/mau-khac/", layouts.layouts, name="layouts"),
    path("dia-ban/<key:place_id>/mau-khac/<key:mapping_id>/", layouts.use, name="use_layout"),
    path("dia-ban/<key:place_id>/mau-khac/<key:mapping_id>/dien/", layouts.fill, name="fill_layout"),
    path("dia-ban/<key:place_id>/mau-khac/<key:mapping_id>/khai/", layouts.describe, name="describe_layout"),
    path("so-nhap/<key:import_id>/", workbooks.trial, name="workbook_import"),
    path("so-nhap/<key:import_id>/ghi/", workbooks.put, name="put_workbook"),
    path("so-nhap/<key:import_id>/thu-lai/", workbooks.again, name="try_workbook"),
    path("so-nhap/<key:import_id>.csv", workbooks.sheet, name="workbook_sheet"),
    path(
        "dia-ban/<key:place_id>/<slug:code>/tieu-chi/<str:number>/minh-chung/",
        evidence.send,
        name="send_evidence",
    ),
    path("minh-chung/<key:file_id>/", evidence.file, name="file"),
    path("minh-chung/<key:file_id>/tep-goc/", evidence.original, name="original"),
    path("minh-chung/<key:file_id>/anh/<slug:size>/", evidence.picture, name="picture"),
    path("minh-chung/<key:file_id>/che/", evidence.blur, name="blur"),
    path("minh-chung/<key:file_id>/rut/<key:proof_id>/", evidence.withdraw, name="withdraw_proof"),
    path("minh-chung/<key:file_id>/co/<key:flag_id>/", evidence.settle, name="settle_flag"),
    path("co-nghi-van/", evidence.flags, name="flags"),
    path("nhat-ky/", trail.events, name="trail"),
    path("nhat-ky.csv", trail.sheet, name="trail_sheet"),
    path("danh-gia/<key:assessment_id>/", verdicts.assessment, name="assessment"),
    path("", include("chungtay.office.desk.urls")),
    path("", include("chungtay.office.desk.annex_urls")),
    path("viec-nen/", background.jobs, name="jobs"),
    path("viec-nen/<key:job_id>/lai/", background.retry, name="retry_job"),
    path("viec-nen/<key:job_id>/huy/", background.cancel, name="cancel_job"),
    path("bo-tieu-chi/", laws.standards_list, name="standards"),
    path("bo-tieu-chi/<slug:code>/", laws.standard, name="standard"),
]
