/* The small fixed town whose pages tests/golden keeps. */
#ifndef TESTS_UNIT_GOLDEN_TOWN_H
#define TESTS_UNIT_GOLDEN_TOWN_H

#include "tests/unit/site_help.h"

/* Chipo is a member and nothing else; the steward is Amina. */
enum { STEWARD_WHO = AMINA, PARTICIPANT_WHO = JOSEF, MEMBER_WHO = 4 };
/* Makes it, for cmocka; site_teardown releases it. */
int golden_setup(void **state);
/* The moment at which it is looked at. */
void golden_clock(void);

#endif
