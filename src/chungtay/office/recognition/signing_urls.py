from django.urls import path

from chungtay.office.recognition import signing_proofs, signing_register, signing_verify

urlpatterns = [
    path("dia-ban/<key:place_id>/bang-cong-nhan/", signing_register.certificates, name="certificates"),
    path("bang-cong-nhan/<key:certificate_id>/", signing_register.certificate, name="certificate"),
    path("kiem-tra-bang/", signing_verify.verify, name="verify"),
    path("kiem-tra-bang/khoa.txt", signing_verify.keys, name="certificate_keys"),
    path("kiem-tra-bang/danh-sach.json", signing_verify.state_list, name="certificate_list"),
    path("kiem-tra-bang/<slug:secret>/", signing_verify.by_secret, name="verify_certificate"),
    path("kiem-tra-bang/<slug:secret>/anh.png", signing_verify.picture, name="certificate_picture"),
    path("kiem-tra-bang/<slug:secret>/bang.pdf", signing_verify.file, name="certificate_file"),
    path("chu-ky/gui/", signing_proofs.send, name="send_signature"),
    path("chu-ky/<key:signature_id>/", signing_proofs.proof, name="signature_proof"),
]
