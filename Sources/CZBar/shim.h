#pragma once
#include <zbar.h>

// zbar_fourcc is a function-like macro, which Swift does not import.
static const unsigned long czbar_grey = zbar_fourcc('Y', '8', '0', '0');
