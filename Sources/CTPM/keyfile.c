// The file format "TSS2 PRIVATE KEY", which other programs of Linux read and write too.
// Source: ASN.1 Specification for TPM 2.0 Key Files, https://www.hansenpartnership.com/draft-bottomley-tpm2-keys.html
#include "library.h"

#include <openssl/asn1t.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <string.h>

typedef struct {
    ASN1_OBJECT *type;
    ASN1_BOOLEAN has_empty_auth;
    ASN1_INTEGER *parent;
    ASN1_OCTET_STRING *public_part, *private_part;
} key_file;

// The optional policies [1] to [3] are not read: a key with one could not be used, and is refused as malformed.
ASN1_SEQUENCE(key_file) = {
    ASN1_SIMPLE(key_file, type, ASN1_OBJECT),
    ASN1_EXP_OPT(key_file, has_empty_auth, ASN1_BOOLEAN, 0),
    ASN1_SIMPLE(key_file, parent, ASN1_INTEGER),
    ASN1_SIMPLE(key_file, public_part, ASN1_OCTET_STRING),
    ASN1_SIMPLE(key_file, private_part, ASN1_OCTET_STRING),
} static_ASN1_SEQUENCE_END(key_file)

static const char label[] = "TSS2 PRIVATE KEY";
static const char loadable_key[] = "2.23.133.10.1.3";

static key_file *new_file(void) { return (key_file *)ASN1_item_new(ASN1_ITEM_rptr(key_file)); }
static void free_file(key_file *file) { ASN1_item_free((ASN1_VALUE *)file, ASN1_ITEM_rptr(key_file)); }

ctpm_result ctpm_write_key(const ctpm_object *object, char **text, size_t *count) {
    ctpm_result result = {CTPM_REFUSED, 0};
    key_file *file = new_file();
    BIO *bio = BIO_new(BIO_s_mem());
    unsigned char *der = NULL;
    if (file && bio) {
        ASN1_OBJECT_free(file->type);
        file->type = OBJ_txt2obj(loadable_key, 1);
        file->has_empty_auth = 0xFF;
        int is_filled =
            file->type && ASN1_INTEGER_set_uint64(file->parent, TPM2_RH_OWNER) &&
            ASN1_OCTET_STRING_set(file->public_part, object->public_part, (int)object->public_count) &&
            ASN1_OCTET_STRING_set(file->private_part, object->private_part, (int)object->private_count);
        int length = is_filled ? ASN1_item_i2d((ASN1_VALUE *)file, &der, ASN1_ITEM_rptr(key_file)) : 0;
        char *start;
        if (length > 0 && PEM_write_bio(bio, label, "", der, length) > 0) {
            *count = (size_t)BIO_get_mem_data(bio, &start);
            *text = OPENSSL_memdup(start, *count);
            if (*text) result.outcome = CTPM_DONE;
        }
    }
    OPENSSL_free(der);
    BIO_free(bio);
    free_file(file);
    return result;
}

static int copy(const ASN1_OCTET_STRING *from, uint8_t *to, size_t room, size_t *count) {
    *count = (size_t)ASN1_STRING_length(from);
    if (*count > room) return 0;
    memcpy(to, ASN1_STRING_get0_data(from), *count);
    return 1;
}

static int take(const key_file *file, ctpm_object *object) {
    char type[32];
    uint64_t parent;
    OBJ_obj2txt(type, sizeof type, file->type, 1);
    return !strcmp(type, loadable_key) && file->has_empty_auth > 0 &&
           ASN1_INTEGER_get_uint64(&parent, file->parent) && parent == TPM2_RH_OWNER &&
           copy(file->public_part, object->public_part, sizeof object->public_part, &object->public_count) &&
           copy(file->private_part, object->private_part, sizeof object->private_part, &object->private_count);
}

ctpm_result ctpm_read_key(const char *text, size_t count, ctpm_object *object) {
    ctpm_result result = {CTPM_MALFORMED, 0};
    memset(object, 0, sizeof *object);
    BIO *bio = BIO_new_mem_buf(text, (int)count);
    char *name = NULL, *header = NULL;
    unsigned char *der = NULL;
    long length = 0;
    if (bio && PEM_read_bio(bio, &name, &header, &der, &length) && !strcmp(name, label)) {
        const unsigned char *position = der;
        key_file *file = (key_file *)ASN1_item_d2i(NULL, &position, length, ASN1_ITEM_rptr(key_file));
        if (file && position == der + length && take(file, object)) result.outcome = CTPM_DONE;
        free_file(file);
    }
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(der);
    BIO_free(bio);
    ERR_clear_error();
    return result;
}

void ctpm_free(void *memory) { OPENSSL_free(memory); }
