/*
 * A visitor's certificate in plain words. Nothing is judged here: any
 * certificate that a handshake let through becomes a struct peer, and whether
 * its dates suit is asked on every request, because a resumed session keeps
 * the certificate of its first handshake.
 */
#ifndef CERTS_PEER_H
#define CERTS_PEER_H

#include <openssl/ssl.h>

#include "base/err.h"
#include "base/peer.h"

/* cert may be NULL: nobody is there. A date that can not be read makes a
 * certificate that is never valid: from the end of time to its beginning.
 * E_NOMEM: who it is can not be told; that is not nobody. */
enum err peer_of_cert(const X509 *cert, struct peer *out);

/* Of a connection whose handshake is done, also of a resumed one. */
enum err peer_of_ssl(const SSL *ssl, struct peer *out);

#endif
