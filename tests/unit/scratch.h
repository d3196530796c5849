/* A directory of a test's own, made and removed around each test. */
#ifndef UNIT_SCRATCH_H
#define UNIT_SCRATCH_H

/* Fixtures for cmocka_unit_test_setup_teardown: *state is the directory. */
int scratch_setup(void **state);
int scratch_teardown(void **state);
/* "<directory>/name"; the caller frees. */
char *scratch_path(void *const *state, const char *name);

#endif
