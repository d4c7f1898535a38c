// The yardstick of the store's benchmark: plain SQLite that commits the rows of a store's file again.
#pragma once
#include <stdint.h>

typedef struct crawcommits crawcommits;

/// Makes the file `to` with the statements of `setup`, and brings it to where the new store `from` is before
/// its first operation. Never NULL but when there is no memory; see `crawcommits_message`.
crawcommits *crawcommits_open(const char *from, const char *to, const char *setup);

/// Reads into memory what the store wrote since the last call; then commits the same rows, one transaction an
/// operation, with statements prepared once, and returns how many nanoseconds that second part took. Each
/// operation must be of a device of its own. -1 when something went wrong.
int64_t crawcommits_follow(crawcommits *yardstick);

/// Whether both files hold the same rows.
int crawcommits_same(crawcommits *yardstick);

/// What went wrong; empty when nothing did.
const char *crawcommits_message(const crawcommits *yardstick);
void crawcommits_close(crawcommits *yardstick);
