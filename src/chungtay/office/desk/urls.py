"""Addresses of the law desk."""

from django.urls import path

from chungtay.office.desk import (
    beginning,
    checking,
    drafts,
    fills,
    guidance,
    heads,
    indicators,
    measures,
    previewing,
    publishing,
)

urlpatterns = [
    path("soan-luat/", drafts.drafts_list, name="drafts"),
    path("soan-luat/moi/", beginning.begin, name="begin_draft"),
    path("soan-luat/<key:draft_id>/", drafts.draft, name="draft"),
    path("soan-luat/<key:draft_id>.zip", drafts.export, name="export_draft"),
    path("soan-luat/<key:draft_id>/sua/", drafts.change, name="change_draft"),
    path("soan-luat/<key:draft_id>/nhap-tep/", drafts.upload, name="upload_draft"),
    path("soan-luat/<key:draft_id>/lich-su/", drafts.history, name="draft_history"),
    path("soan-luat/<key:draft_id>/phan-dau/", heads.head, name="draft_head"),
    path("soan-luat/<key:draft_id>/nhom/", heads.group, name="draft_group"),
    path("soan-luat/<key:draft_id>/tieu-chi/", indicators.criterion, name="draft_criterion"),
    path("soan-luat/<key:draft_id>/chi-tieu/", indicators.indicator, name="draft_indicator"),
    path("soan-luat/<key:draft_id>/so-do/", measures.measures, name="draft_measures"),
    path("soan-luat/<key:draft_id>/muc-cua-tinh/", fills.fills, name="draft_fills"),
    path("soan-luat/<key:draft_id>/xem-truoc/", previewing.preview, name="draft_preview"),
    path("soan-luat/<key:draft_id>/doi-chieu/", checking.check, name="draft_check"),
    path("soan-luat/<key:draft_id>/ban-hanh/", publishing.publish, name="draft_publish"),
    path("bo-tieu-chi/<slug:code>.zip", publishing.export, name="export_standard"),
    path("bo-tieu-chi/<slug:code>/het-hieu-luc/", publishing.end, name="end_standard"),
    path("bo-tieu-chi/<slug:code>/huong-dan/", guidance.add, name="add_guidance"),
    path("huong-dan/<key:guidance_id>/", guidance.document, name="guidance_file"),
    path("huong-dan/<key:guidance_id>/thoi/", guidance.withdraw, name="withdraw_guidance"),
]
