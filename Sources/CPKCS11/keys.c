#include "visit.h"

#include <string.h>

// The object identifiers of the curves, as CKA_EC_PARAMS has them. Source: RFC 5480, section 2.1.1.1.
static CK_BYTE p256[] = {0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};
static CK_BYTE p384[] = {0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22};
static const struct {
    CK_BYTE *name;
    CK_ULONG name_count, point_count;
} curves[] = {[CPKCS11_P256] = {p256, sizeof p256, 65}, [CPKCS11_P384] = {p384, sizeof p384, 97}};

static cpkcs11_result find(visit *v, const cpkcs11_key *key, CK_OBJECT_CLASS kind, CK_OBJECT_HANDLE *found) {
    CK_ATTRIBUTE wanted[3] = {{CKA_CLASS, &kind, sizeof kind}};
    CK_ULONG count = 1;
    if (key->object) wanted[count++] = (CK_ATTRIBUTE){CKA_LABEL, (void *)key->object, strlen(key->object)};
    if (key->id_count) wanted[count++] = (CK_ATTRIBUTE){CKA_ID, (void *)key->id, key->id_count};
    CK_RV code = v->module->C_FindObjectsInit(v->session, wanted, count);
    if (code != CKR_OK) return cpkcs11_outcome_of(code);
    CK_OBJECT_HANDLE objects[2];
    CK_ULONG matches = 0;
    code = v->module->C_FindObjects(v->session, objects, 2, &matches);
    v->module->C_FindObjectsFinal(v->session);
    if (code != CKR_OK) return cpkcs11_outcome_of(code);
    if (!matches) return (cpkcs11_result){CPKCS11_NO_KEY, 0};
    *found = objects[0];
    return (cpkcs11_result){matches == 1 ? CPKCS11_DONE : CPKCS11_TWO_KEYS, 0};
}

// The point of a public key: an octet string in DER by the standard, the bare bytes with some modules.
static cpkcs11_result read_point(visit *v, CK_OBJECT_HANDLE object, cpkcs11_point *point) {
    CK_BYTE bytes[256], name[256];
    CK_ATTRIBUTE wanted[2] = {{CKA_EC_POINT, bytes, sizeof bytes}, {CKA_EC_PARAMS, name, sizeof name}};
    CK_RV code = v->module->C_GetAttributeValue(v->session, object, wanted, 2);
    // It is no key of a curve, or of a larger one.
    if (code == CKR_ATTRIBUTE_TYPE_INVALID || code == CKR_BUFFER_TOO_SMALL) {
        return (cpkcs11_result){CPKCS11_OTHER_KEY, code};
    }
    if (code != CKR_OK) return cpkcs11_outcome_of(code);
    const CK_BYTE *start = bytes;
    CK_ULONG count = wanted[0].ulValueLen;
    if (count > 2 && bytes[0] == 0x04 && bytes[1] == count - 2) {
        start += 2;
        count -= 2;
    }
    for (enum cpkcs11_curve curve = CPKCS11_P256; curve <= CPKCS11_P384; curve++) {
        int is_of_it = wanted[1].ulValueLen == curves[curve].name_count &&
                       !memcmp(name, curves[curve].name, curves[curve].name_count);
        if (!is_of_it || count != curves[curve].point_count || start[0] != 0x04) continue;
        *point = (cpkcs11_point){curve, count, {0}};
        memcpy(point->bytes, start, count);
        return (cpkcs11_result){CPKCS11_DONE, 0};
    }
    return (cpkcs11_result){CPKCS11_OTHER_KEY, 0};
}

cpkcs11_result cpkcs11_read_point(const cpkcs11_key *key, cpkcs11_point *point) {
    visit v;
    cpkcs11_result result = cpkcs11_begin(&v, key, 0);
    CK_OBJECT_HANDLE private_key, public_key;
    if (!result.outcome) result = find(&v, key, CKO_PRIVATE_KEY, &private_key);
    if (!result.outcome) {
        result = find(&v, key, CKO_PUBLIC_KEY, &public_key);
        if (result.outcome == CPKCS11_NO_KEY) result.outcome = CPKCS11_OTHER_KEY;
    }
    if (!result.outcome) result = read_point(&v, public_key, point);
    cpkcs11_end(&v);
    return result;
}

cpkcs11_result cpkcs11_make_key(const cpkcs11_key *key, enum cpkcs11_curve curve, cpkcs11_point *point) {
    visit v;
    cpkcs11_result result = cpkcs11_begin(&v, key, 1);
    if (!result.outcome) {
        CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
        CK_ATTRIBUTE label = {CKA_LABEL, (void *)key->object, strlen(key->object)};
        CK_ATTRIBUTE id = {CKA_ID, (void *)key->id, key->id_count};
        CK_ATTRIBUTE for_public[] = {
            {CKA_EC_PARAMS, curves[curve].name, curves[curve].name_count},
            {CKA_TOKEN, &yes, 1}, {CKA_VERIFY, &yes, 1}, label, id};
        CK_ATTRIBUTE for_private[] = {
            {CKA_TOKEN, &yes, 1}, {CKA_PRIVATE, &yes, 1}, {CKA_SENSITIVE, &yes, 1}, {CKA_EXTRACTABLE, &no, 1},
            {CKA_SIGN, &yes, 1},  label,                  id};
        CK_MECHANISM mechanism = {CKM_EC_KEY_PAIR_GEN, NULL, 0};
        CK_OBJECT_HANDLE public_key, private_key;
        result = cpkcs11_outcome_of(v.module->C_GenerateKeyPair(
            v.session, &mechanism, for_public, sizeof for_public / sizeof *for_public, for_private,
            sizeof for_private / sizeof *for_private, &public_key, &private_key));
        if (!result.outcome) result = read_point(&v, public_key, point);
    }
    cpkcs11_end(&v);
    return result;
}

cpkcs11_result cpkcs11_sign(const cpkcs11_key *key, const uint8_t *digest, size_t count, cpkcs11_signature *signature) {
    visit v;
    cpkcs11_result result = cpkcs11_begin(&v, key, 0);
    CK_OBJECT_HANDLE private_key;
    if (!result.outcome) result = find(&v, key, CKO_PRIVATE_KEY, &private_key);
    if (!result.outcome) {
        CK_MECHANISM mechanism = {CKM_ECDSA, NULL, 0};
        CK_RV code = v.module->C_SignInit(v.session, &mechanism, private_key);
        CK_BYTE made[256];
        CK_ULONG made_count = sizeof made;
        if (code == CKR_OK) code = v.module->C_Sign(v.session, (CK_BYTE *)digest, count, made, &made_count);
        result = cpkcs11_outcome_of(code);
        // A key of another curve signs too, and says so by the length.
        int is_fit = made_count == 2 * count && made_count <= sizeof signature->bytes;
        if (!result.outcome && !is_fit) result.outcome = CPKCS11_OTHER_KEY;
        if (!result.outcome) {
            signature->count = made_count;
            memcpy(signature->bytes, made, made_count);
        }
    }
    cpkcs11_end(&v);
    return result;
}
