from django.urls import path

from chungtay.office.ledger import book, giving, receipts, resources

urlpatterns = [
    path("dia-ban/<key:place_id>/dong-gop/", giving.give, name="give"),
    path("dia-ban/<key:place_id>/dong-gop/muc-dich/", giving.purposes, name="purposes"),
    path("dia-ban/<key:place_id>/dong-gop/the.pdf", receipts.cards, name="giving_cards"),
    path("dia-ban/<key:place_id>/nguon-luc/", resources.resources, name="resources"),
    path("dia-ban/<key:place_id>/nguon-luc/khoan/", resources.entries, name="entries"),
    path("dia-ban/<key:place_id>/so-quy/", book.cash_book, name="cash_book"),
    path("dia-ban/<key:place_id>/so-quy/in.pdf", book.printed, name="cash_book_printed"),
    path("dia-ban/<key:place_id>/so-quy/cong-khai.jsonl", book.public_file, name="ledger_file"),
    path("bien-nhan/", receipts.issued, name="receipts_issued"),
    path("bien-nhan/the/", receipts.of_card, name="receipts_of_card"),
    path("bien-nhan/<uuid:uid>/", receipts.receipt, name="receipt"),
    path("bien-nhan/<uuid:uid>/giay.pdf", receipts.printed, name="receipt_printed"),
    path("bien-nhan/<uuid:uid>/so/", receipts.kept, name="kept_receipt"),
    path("bien-nhan/<uuid:uid>/so/giay.pdf", receipts.kept_printed, name="kept_receipt_printed"),
    path("bien-nhan/<uuid:uid>/huy/", receipts.undo, name="undo_receipt"),
]
