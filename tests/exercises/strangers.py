"""Functions that strangers (students) might hand in: right, wrong once, wrong twice.

Written without looking at any checker.  Every function is self-contained (only `np`
and `math` from outside).  The lists at the end are (function, "what is wrong"); a text
that starts with a mark in square brackets says when the mistake shows.
"""
import math

import numpy as np


# =====================================================================================
# backward(x, r, V, W, activation): ONE mistake each
# =====================================================================================

# no gate: the pull on y is passed on to the sum without the slope of the activation
def bw_no_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = X.shape[0]
    X1 = np.hstack([np.ones((n, 1)), X])
    t = X1 @ V.T
    Y1 = np.hstack([np.ones((n, 1)), activation(t)])
    s = Y1 @ W.T
    p = np.exp(s - s.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    d = (R - p) / n
    dh = d @ W[:, 1:]
    return dh.T @ X1, d.T @ Y1


# gate at the output y instead of the sum
def bw_gate_at_y(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    y = activation(X1 @ V.T)
    Y1 = np.c_[np.ones(n), y]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dh = (d @ W[:, 1:]) * activation.derivative(y)
    return dh.T @ X1, d.T @ Y1


# slope always taken as y(1 - y), as if the activation were the sigmoid
def bw_gate_assumes_sigmoid(x, r, V, W, activation):
    x2 = x[None, :] if x.ndim == 1 else x
    r2 = r[None, :] if r.ndim == 1 else r
    B = x2.shape[0]
    xa = np.concatenate((np.ones((B, 1)), x2), axis=1)
    h = activation(np.einsum('bi,hi->bh', xa, V))
    ha = np.concatenate((np.ones((B, 1)), h), axis=1)
    z = np.einsum('bh,kh->bk', ha, W)
    z = np.exp(z) / np.exp(z).sum(axis=1)[:, None]
    err = r2 - z
    g = np.einsum('bk,kh->bh', err, W[:, 1:]) * h * (1 - h)
    return np.einsum('bh,bi->hi', g, xa) / B, np.einsum('bk,bh->kh', err, ha) / B


# slope always taken as 1 - y**2, as if the activation were tanh
def bw_gate_assumes_tanh(x, r, V, W, activation):
    if x.ndim == 1:
        return bw_gate_assumes_tanh(x[np.newaxis], r[np.newaxis], V, W, activation)
    m = x.shape[0]
    ones = np.ones((m, 1))
    A0 = np.block([ones, x])
    A1 = activation(A0.dot(V.T))
    A1b = np.block([ones, A1])
    Z2 = A1b.dot(W.T)
    P = np.exp(Z2 - np.max(Z2))
    P = P / np.sum(P, axis=1, keepdims=True)
    dZ2 = P - r
    dZ1 = dZ2.dot(W[:, 1:]) * (1 - np.power(A1, 2))
    return -dZ1.T.dot(A0) / m, -dZ2.T.dot(A1b) / m


# gate is 1 where y > 0 and 0 elsewhere, as if the activation were relu
def bw_gate_assumes_relu(x, r, V, W, activation):
    X = x.reshape(-1, V.shape[1] - 1)
    R = r.reshape(-1, W.shape[0])
    n = len(X)
    X1 = np.insert(X, 0, 1.0, axis=1)
    Y = activation(X1 @ V.T)
    Y1 = np.insert(Y, 0, 1.0, axis=1)
    S = Y1 @ W.T
    P = np.exp(S)
    P /= P.sum(axis=-1, keepdims=True)
    D = (R - P) / n
    DH = D @ W[:, 1:]
    DH[Y <= 0] = 0
    return DH.T @ X1, D.T @ Y1


# gate taken at the logits z_hat instead of at the hidden sum (sizes do not fit unless H = K)
def bw_gate_at_logits(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = X.shape[0]
    X1 = np.hstack([np.ones((n, 1)), X])
    t = X1 @ V.T
    Y1 = np.hstack([np.ones((n, 1)), activation(t)])
    t = Y1 @ W.T
    p = np.exp(t) / np.exp(t).sum(axis=1, keepdims=True)
    d = (R - p) / n
    dh = (d @ W[:, 1:]) * activation.derivative(t)
    return dh.T @ X1, d.T @ Y1


# gate applied twice (slope squared)
def bw_gate_twice(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for xi, ri in zip(X, R):
        xi = np.append(1.0, xi)
        t = V @ xi
        yi = np.append(1.0, activation(t))
        s = W @ yi
        p = np.exp(s - s.max())
        p = p / p.sum()
        delta_out = ri - p
        slope = activation.derivative(t)
        pull_y = (delta_out @ W[:, 1:]) * slope
        pull_t = pull_y * slope
        dW += np.outer(delta_out, yi)
        dV += np.outer(pull_t, xi)
    return dV / len(X), dW / len(X)


# the slope of the activation is also put on the output layer, as if softmax were followed by it
def bw_gate_on_output_too(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.column_stack([np.ones(n), X])
    t = X1 @ V.T
    Y1 = np.column_stack([np.ones(n), activation(t)])
    s = Y1 @ W.T
    p = np.exp(s - s.max(1)[:, None])
    p /= p.sum(1)[:, None]
    d = (R - p) * activation.derivative(s) / n
    dh = (d @ W[:, 1:]) * activation.derivative(t)
    return dh.T @ X1, d.T @ Y1


# gate evaluated at the sum without the bias
def bw_gate_without_bias(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    b, A = V[:, 0], V[:, 1:]
    c, C = W[:, 0], W[:, 1:]
    lin = X @ A.T
    Y = activation(lin + b)
    S = Y @ C.T + c
    P = np.exp(S - S.max(1, keepdims=True))
    P /= P.sum(1, keepdims=True)
    D = (R - P) / n
    G = (D @ C) * activation.derivative(lin)
    return np.c_[G.sum(0), G.T @ X], np.c_[D.sum(0), D.T @ Y]


# gate shifted by one unit: slope of [1, y_hat] cut at the wrong end
def bw_gate_shifted(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.hstack((np.ones((n, 1)), X))
    t = np.hstack((np.ones((n, 1)), X1 @ V.T))
    Y1 = activation(t)
    Y1[:, 0] = 1
    s = Y1 @ W.T
    p = np.exp(s - s.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (R - p) / n
    dh = (d @ W[:, 1:]) * activation.derivative(t)[:, :-1]
    return dh.T @ X1, d.T @ Y1


# both returned with the sign of the gradient, not of the step
def bw_sign_both(x, r, V, W, activation):
    single = x.ndim == 1
    if single:
        x, r = x.reshape(1, -1), r.reshape(1, -1)
    N = x.shape[0]
    xb = np.ones((N, x.shape[1] + 1))
    xb[:, 1:] = x
    yhat = np.tensordot(xb, V, axes=(1, 1))
    yb = np.ones((N, V.shape[0] + 1))
    yb[:, 1:] = activation(yhat)
    zhat = np.tensordot(yb, W, axes=(1, 1))
    z = np.exp(zhat - zhat.max(axis=1, keepdims=True))
    z /= z.sum(axis=1, keepdims=True)
    delta = (z - r) / N
    back = np.tensordot(delta, W[:, 1:], axes=(1, 0)) * activation.derivative(yhat)
    return np.tensordot(back, xb, axes=(0, 0)), np.tensordot(delta, yb, axes=(0, 0))


# dW has the right sign but dV is the plain gradient
def bw_sign_dV(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = X.shape[0]
    X1 = np.hstack([np.ones((n, 1)), X])
    t = X1 @ V.T
    Y1 = np.hstack([np.ones((n, 1)), activation(t)])
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    dW = (R - p).T @ Y1 / n
    dV = (((p - R) @ W[:, 1:]) * activation.derivative(t)).T @ X1 / n
    return dV, dW


# the bias column of dW has the opposite sign
def bw_sign_bias_W(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    t = X @ V[:, 1:].T + V[:, 0]
    Y = activation(t)
    s = Y @ W[:, 1:].T + W[:, 0]
    p = np.exp(s - s.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    grad_s = (p - R) / n
    grad_t = (grad_s @ W[:, 1:]) * activation.derivative(t)
    dW = np.empty_like(W)
    dW[:, 1:] = -grad_s.T @ Y
    dW[:, 0] = grad_s.sum(axis=0)
    dV = np.empty_like(V)
    dV[:, 1:] = -grad_t.T @ X
    dV[:, 0] = -grad_t.sum(axis=0)
    return dV, dW


# sum over the batch instead of the mean
def bw_sum_not_mean(x, r, V, W, activation):
    dV, dW = np.zeros_like(V), np.zeros_like(W)
    for xi, ri in zip(np.atleast_2d(x), np.atleast_2d(r)):
        xi = np.concatenate(([1], xi))
        t = np.dot(V, xi)
        y = np.concatenate(([1], activation(t)))
        o = np.dot(W, y)
        o = np.exp(o - o.max())
        o /= o.sum()
        d = ri - o
        dW += d[:, None] * y[None, :]
        dV += (W[:, 1:].T.dot(d) * activation.derivative(t))[:, None] * xi[None, :]
    return dV, dW


# mean for dW but sum for dV (the 1/B is put on dW only, at the end)
def bw_mean_only_dW(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = R - e / e.sum(1, keepdims=True)
    dV = ((d @ W[:, 1:]) * activation.derivative(t)).T @ X1
    dW = d.T @ Y1 / n
    return dV, dW


# delta already holds 1/B and dV is divided by B once more
def bw_mean_twice_dV(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dW = d.T @ Y1
    dh = (d @ W[:, 1:]) * activation.derivative(t)
    dV = dh.T @ X1 / n
    return dV, dW


# mean over all B*K numbers (r.size) instead of over the B examples
def bw_mean_over_everything(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.hstack([np.ones((len(X), 1)), X])
    t = X1 @ V.T
    Y1 = np.hstack([np.ones((len(X), 1)), activation(t)])
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    d = (R - p) / R.size
    dh = (d @ W[:, 1:]) * activation.derivative(t)
    return dh.T @ X1, d.T @ Y1


# batch size read from the wrong axis: divides by K
def bw_batch_size_is_K(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = R.shape[1]
    X1 = np.pad(X, ((0, 0), (1, 0)), constant_values=1)
    t = X1 @ V.T
    Y1 = np.pad(activation(t), ((0, 0), (1, 0)), constant_values=1)
    s = Y1 @ W.T
    s -= s.max(axis=1, keepdims=True)
    p = np.exp(s)
    p /= p.sum(axis=1, keepdims=True)
    d = R - p
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1 / B, d.T @ Y1 / B


# B = x.shape[0] taken before the single example is made 2-D, so a single one is divided by D
def bw_single_divided_by_D(x, r, V, W, activation):
    B = x.shape[0]
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.pad(X, ((0, 0), (1, 0)), constant_values=1)
    t = X1 @ V.T
    Y1 = np.pad(activation(t), ((0, 0), (1, 0)), constant_values=1)
    s = Y1 @ W.T
    p = np.exp(s - s.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    d = (R - p) / B
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# the bias is not averaged, only the rest is
def bw_bias_summed(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    t = X @ V[:, 1:].T + V[:, 0]
    Y = activation(t)
    s = Y @ W[:, 1:].T + W[:, 0]
    p = np.exp(s - s.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = R - p
    g = (d @ W[:, 1:]) * activation.derivative(t)
    dW = np.hstack([d.sum(0)[:, None], d.T @ Y / n])
    dV = np.hstack([g.sum(0)[:, None], g.T @ X / n])
    return dV, dW


# the bias of V gets the mean over everything (one number for all units) because axis=0 is missing
def bw_bias_mean_no_axis(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    t = X @ V[:, 1:].T + V[:, 0]
    Y = activation(t)
    s = Y @ W[:, 1:].T + W[:, 0]
    p = np.exp(s - s.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = R - p
    g = (d @ W[:, 1:]) * activation.derivative(t)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    dV[:, 0] = g.mean()
    dV[:, 1:] = g.T @ X / n
    dW[:, 0] = d.mean(axis=0)
    dW[:, 1:] = d.T @ Y / n
    return dV, dW


# ones are put at the end of x and y instead of in front, in the whole function
def bw_ones_at_end(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.hstack([X, np.ones((n, 1))])
    t = X1 @ V.T
    Y1 = np.hstack([activation(t), np.ones((n, 1))])
    s = Y1 @ W.T
    p = np.exp(s - s.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (R - p) / n
    g = (d @ W[:, :-1]) * activation.derivative(t)
    return g.T @ X1, d.T @ Y1


# forward pass right, but the bias gradient is glued on as the last column of dV
def bw_bias_glued_last_dV(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    t = X @ V[:, 1:].T + V[:, 0]
    Y = activation(t)
    s = Y @ W[:, 1:].T + W[:, 0]
    p = np.exp(s - s.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (R - p) / n
    g = (d @ W[:, 1:]) * activation.derivative(t)
    dV = np.column_stack((g.T @ X, g.sum(axis=0)))
    dW = np.column_stack((d.sum(axis=0), d.T @ Y))
    return dV, dW


# the bias columns are missing in what is returned (no ones in the products)
def bw_no_bias_columns(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    t = X @ V[:, 1:].T + V[:, 0]
    Y = activation(t)
    s = Y @ W[:, 1:].T + W[:, 0]
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    g = (d @ W[:, 1:]) * activation.derivative(t)
    return g.T @ X, d.T @ Y


# bias column of dW is left at zero
def bw_bias_W_zero(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n, H, K = len(X), V.shape[0], W.shape[0]
    X1 = np.insert(X, 0, 1, axis=1)
    t = X1 @ V.T
    Y = activation(t)
    s = np.insert(Y, 0, 1, axis=1) @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    dW = np.zeros((K, H + 1))
    for k in range(K):
        for h in range(1, H + 1):
            dW[k, h] = sum(d[b, k] * Y[b, h - 1] for b in range(n))
    dV = (d @ W[:, 1:] * activation.derivative(t)).T @ X1
    return dV, dW


# the column of "ones" is a column of zeros, so neither bias ever acts
def bw_zeros_for_ones(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.zeros((n, X.shape[1] + 1))
    X1[:, 1:] = X
    t = X1 @ V.T
    Y1 = np.zeros((n, t.shape[1] + 1))
    Y1[:, 1:] = activation(t)
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# the forward pass of the hidden layer forgets to add the bias V[:, 0]
def bw_forward_forgets_bias(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    t = X @ V[:, 1:].T
    Y = activation(t)
    s = Y @ W[:, 1:].T + W[:, 0]
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    g = (d @ W[:, 1:]) * activation.derivative(t)
    return np.c_[g.sum(0), g.T @ X], np.c_[d.sum(0), d.T @ Y]


# going back, the last column of W is dropped instead of the bias column 0
def bw_drops_last_column(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    g = (d @ W)[:, :-1] * activation.derivative(t)
    return g.T @ X1, d.T @ Y1


# going back, the bias column of W is not taken off (H + 1 against H)
def bw_keeps_bias_going_back(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    g = (d @ W) * activation.derivative(t)
    return g.T @ X1, d.T @ Y1


# the bias is taken from row 0 instead of column 0
def bw_bias_from_row(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    t = X @ V[:, 1:].T + V[0]
    Y = activation(t)
    s = Y @ W[:, 1:].T + W[0]
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    g = (d @ W[:, 1:]) * activation.derivative(t)
    return np.c_[g.sum(0), g.T @ X], np.c_[d.sum(0), d.T @ Y]


# W is stepped first (on a copy) and the new W is used to go back to the hidden layer
def bw_updates_W_first(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dW = d.T @ Y1
    W = W + dW
    dV = (d @ W[:, 1:] * activation.derivative(t)).T @ X1
    return dV, dW


# W += dW in place before going back: dV comes from the new W, and the caller's W is changed as well
def bw_inplace_W(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dW = d.T @ Y1
    W += dW
    dV = (d @ W[:, 1:] * activation.derivative(t)).T @ X1
    return dV, dW


# online learning: the weights (copies) are moved after every example, so later examples see other weights
def bw_online_updates(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    V, W = V.copy(), W.copy()
    totV, totW = np.zeros(V.shape), np.zeros(W.shape)
    n = len(X)
    for a, b in zip(X, R):
        a = np.r_[1.0, a]
        t = V @ a
        y = np.r_[1.0, activation(t)]
        s = W @ y
        p = np.exp(s - s.max())
        p /= p.sum()
        stepW = np.outer(b - p, y) / n
        stepV = np.outer(W[:, 1:].T @ (b - p) * activation.derivative(t), a) / n
        V += stepV
        W += stepW
        totV += stepV
        totW += stepW
    return totV, totW


# softmax along axis 0 (over the batch) instead of over the classes
def bw_softmax_axis0(x, r, V, W, activation):
    aug = lambda a: np.concatenate([np.ones(a.shape[:-1] + (1,)), a], axis=-1)
    t = aug(x) @ V.T
    y1 = aug(activation(t))
    s = y1 @ W.T
    e = np.exp(s - s.max(axis=0))
    z = e / e.sum(axis=0)
    n = 1 if x.ndim == 1 else len(x)
    d = (r - z) / n
    g = d @ W[:, 1:] * activation.derivative(t)
    if x.ndim == 1:
        return np.outer(g, aug(x)), np.outer(d, y1)
    return g.T @ aug(x), d.T @ y1


# softmax divided by the sum over the whole batch (np.sum without axis)
def bw_softmax_sum_all(x, r, V, W, activation):
    def softmax(a):
        return np.exp(a) / np.sum(np.exp(a))
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    d = (R - softmax(Y1 @ W.T)) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# softmax without keepdims, so (B, K) is divided by (B,)
def bw_softmax_no_keepdims(x, r, V, W, activation):
    def softmax(a):
        a = np.exp(a - np.max(a))
        return a / a.sum(axis=-1)
    aug = lambda a: np.concatenate([np.ones(a.shape[:-1] + (1,)), a], axis=-1)
    t = aug(x) @ V.T
    y1 = aug(activation(t))
    d = r - softmax(y1 @ W.T)
    g = d @ W[:, 1:] * activation.derivative(t)
    if x.ndim == 1:
        return np.outer(g, aug(x)), np.outer(d, y1)
    return g.T @ aug(x) / len(x), d.T @ y1 / len(x)


# softmax takes the maximum off in the denominator only
def bw_softmax_max_half(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s - s.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
    d = (R - p) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# softmax without normalising: r - exp(z_hat)
def bw_softmax_unnormalised(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    p = np.exp(s - s.max(axis=1, keepdims=True))
    z = p / p.sum(axis=1, keepdims=True)
    d = (R - p) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# softmax applied twice
def bw_softmax_twice(x, r, V, W, activation):
    def softmax(a):
        a = np.exp(a - a.max(axis=1, keepdims=True))
        return a / a.sum(axis=1, keepdims=True)
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    out = softmax(Y1 @ W.T)
    d = (R - softmax(out)) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# no softmax at all: the error is r - z_hat
def bw_no_softmax(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    z_hat = Y1 @ W.T
    d = (R - z_hat) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# sigmoid at the output instead of softmax
def bw_sigmoid_output(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    z = 1 / (1 + np.exp(-(Y1 @ W.T)))
    d = (R - z) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# error is r - log z (log-softmax taken for the probabilities)
def bw_log_softmax_as_z(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    logz = s - np.logaddexp.reduce(s, axis=1, keepdims=True)
    d = (R - logz) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# the error is multiplied by z(1 - z) as well, as for squared error with sigmoid outputs
def bw_extra_z_one_minus_z(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    z = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - z) * z * (1 - z) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# stops at dE/dz = r / z and forgets to go back through the softmax
def bw_forgets_softmax_jacobian(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    z = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = R / z / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# only the diagonal of the softmax Jacobian: r(1 - z)
def bw_jacobian_diagonal_only(x, r, V, W, activation):
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    for i in range(len(X)):
        a = np.r_[1, X[i]]
        t = V @ a
        y = np.r_[1, activation(t)]
        s = W @ y
        z = np.exp(s - s.max())
        z /= z.sum()
        dz = R[i] / z
        d = dz * z * (1 - z)
        dW += np.outer(d, y) / len(X)
        dV += np.outer((W[:, 1:].T @ d) * activation.derivative(t), a) / len(X)
    return dV, dW


# softmax Jacobian with a plus off the diagonal
def bw_jacobian_plus(x, r, V, W, activation):
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    K = len(W)
    for a, rr in zip(X, R):
        a = np.r_[1, a]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        z = z / z.sum()
        J = np.array([[z[i] * (1 - z[i]) if i == j else z[i] * z[j] for j in range(K)] for i in range(K)])
        d = J.T @ (rr / z)
        dW = dW + np.outer(d, y)
        dV = dV + np.outer((W[:, 1:].T @ d) * activation.derivative(t), a)
    return dV / len(X), dW / len(X)


# soft targets are turned into a one-hot (argmax) label
def bw_argmax_target(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    z = np.exp(s - s.max(1, keepdims=True))
    z /= z.sum(1, keepdims=True)
    labels = R.argmax(axis=1)
    z[np.arange(n), labels] -= 1
    d = -z / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# logarithm to base 2 in the error, so everything is too large by 1/ln 2
def bw_log2(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)

    def E(V, W):
        n = len(X)
        Y = activation(np.c_[np.ones(n), X] @ V.T)
        S = np.c_[np.ones(n), Y] @ W.T
        P = np.exp(S - S.max(1, keepdims=True))
        P /= P.sum(1, keepdims=True)
        return -np.mean(np.sum(R * np.log2(P), axis=1))

    h = 1e-5
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for idx in np.ndindex(*V.shape):
        A, C = V.copy(), V.copy()
        A[idx] += h
        C[idx] -= h
        dV[idx] = -(E(A, W) - E(C, W)) / (2 * h)
    for idx in np.ndindex(*W.shape):
        A, C = W.copy(), W.copy()
        A[idx] += h
        C[idx] -= h
        dW[idx] = -(E(V, A) - E(V, C)) / (2 * h)
    return dV, dW


# central difference divided by h instead of 2h
def bw_fd_forgets_2(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)

    def E(V, W):
        S = activation(X @ V[:, 1:].T + V[:, 0]) @ W[:, 1:].T + W[:, 0]
        return np.mean(np.log(np.exp(S).sum(1)) - (R * S).sum(1))

    h = 1e-5

    def slope(which):
        M = [V, W][which]
        G = np.zeros(M.shape)
        for i in range(M.shape[0]):
            for j in range(M.shape[1]):
                up, down = M.copy(), M.copy()
                up[i, j] += h
                down[i, j] -= h
                if which == 0:
                    G[i, j] = (E(down, W) - E(up, W)) / h
                else:
                    G[i, j] = (E(V, down) - E(V, up)) / h
        return G

    return slope(0), slope(1)


# finite differences with each weight left moved after its turn (the base value is stale too)
def bw_fd_not_restored(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    V, W = V.astype(float), W.astype(float)
    h = 1e-4

    def E():
        S = activation(X @ V[:, 1:].T + V[:, 0]) @ W[:, 1:].T + W[:, 0]
        return np.mean(np.log(np.exp(S).sum(1)) - (R * S).sum(1))

    base = E()
    out = []
    for M in (V, W):
        G = np.zeros(M.shape)
        for idx in np.ndindex(*M.shape):
            M[idx] += h
            G[idx] = -(E() - base) / h
        out.append(G)
    return out[0], out[1]


# finite differences with a step so small that rounding eats the answer
def bw_fd_h_too_small(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    h = 1e-15

    def E(V, W):
        S = activation(X @ V[:, 1:].T + V[:, 0]) @ W[:, 1:].T + W[:, 0]
        return np.mean(np.log(np.exp(S).sum(1)) - (R * S).sum(1))

    def bump(M, i, j):
        M = M.copy()
        M[i, j] += h
        return M

    e0 = E(V, W)
    dV = np.array([[(e0 - E(bump(V, i, j), W)) / h for j in range(V.shape[1])] for i in range(V.shape[0])])
    dW = np.array([[(e0 - E(V, bump(W, i, j))) / h for j in range(W.shape[1])] for i in range(W.shape[0])])
    return dV, dW


# dW comes out transposed, (H + 1, K)
def bw_dW_transposed(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dW = Y1.T @ d
    dV = (d @ W[:, 1:] * activation.derivative(t)).T @ X1
    return dV, dW


# returned in the wrong order (dW, dV)
def bw_swapped_return(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dW = d.T @ Y1
    dV = (d @ W[:, 1:] * activation.derivative(t)).T @ X1
    return dW, dV


# goes back through V instead of W (sizes do not fit in general)
def bw_V_for_W(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dW = d.T @ Y1
    dV = (d @ V[:, 1:] * activation.derivative(t)).T @ X1
    return dV, dW


# reshape instead of transpose when going back through W
def bw_reshape_for_transpose(x, r, V, W, activation):
    H, K = V.shape[0], W.shape[0]
    dV, dW = np.zeros_like(V, dtype=float), np.zeros_like(W, dtype=float)
    X, R = x.reshape(-1, V.shape[1] - 1), r.reshape(-1, K)
    for a, b in zip(X, R):
        a = np.hstack((1, a)).reshape(-1, 1)
        t = V @ a
        y = np.vstack(([[1.0]], activation(t)))
        s = W @ y
        z = np.exp(s - s.max()) / np.exp(s - s.max()).sum()
        d = b.reshape(-1, 1) - z
        back = W[:, 1:].reshape(H, K) @ d
        dW += d @ y.T
        dV += (back * activation.derivative(t)) @ a.T
    return dV / len(X), dW / len(X)


# reshape instead of transpose on the batch of inputs when dV is made
def bw_reshape_batch(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n, D = X.shape
    X1 = np.c_[np.ones(n), X]
    t = V @ X1.T
    Y1 = np.r_[np.ones((1, n)), activation(t)]
    s = W @ Y1
    z = np.exp(s) / np.exp(s).sum(axis=0)
    d = (R.T - z) / n
    g = (W[:, 1:].T @ d) * activation.derivative(t)
    return g @ X1.T.reshape(n, D + 1), d @ Y1.T


# z (K, B) is brought to (B, K) with reshape, which mixes the examples up
def bw_reshape_z(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = V @ X1.T
    Y1 = np.r_[np.ones((1, n)), activation(t)]
    s = W @ Y1
    z = (np.exp(s) / np.exp(s).sum(axis=0)).reshape(n, -1)
    d = (R - z) / n
    g = (d @ W[:, 1:]) * activation.derivative(t).T
    return g.T @ X1, d.T @ Y1.T


# dW made from the sum y_hat instead of the output y
def bw_dW_from_y_hat(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    y_hat = X1 @ V.T
    y = activation(y_hat)
    z_hat = np.c_[np.ones(n), y] @ W.T
    e = np.exp(z_hat - z_hat.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dW = d.T @ np.c_[np.ones(n), y_hat]
    dV = (d @ W[:, 1:] * activation.derivative(y_hat)).T @ X1
    return dV, dW


# dV made from y instead of x, so it is (H, H + 1)
def bw_dV_from_y(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dW = d.T @ Y1
    dV = (d @ W[:, 1:] * activation.derivative(t)).T @ Y1
    return dV, dW


# a layer class keeps its input in a class attribute, so the second layer overwrites the first one's
def bw_class_shared_cache(x, r, V, W, activation):
    class Dense:
        cache = {}

        def __init__(self, M):
            self.M = M

        def forward(self, a):
            self.cache['in'] = np.c_[np.ones(len(a)), a]
            return self.cache['in'] @ self.M.T

        def backward(self, pull):
            return pull.T @ self.cache['in'], pull @ self.M[:, 1:]

    X, R = np.atleast_2d(x), np.atleast_2d(r)
    first, second = Dense(V), Dense(W)
    t = first.forward(X)
    s = second.forward(activation(t))
    p = np.exp(s - s.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    dW, back = second.backward((R - p) / len(X))
    dV, _ = first.backward(back * activation.derivative(t))
    return dV, dW


# a class whose activation layer keeps its output, and takes the slope there
def bw_class_caches_output(x, r, V, W, activation):
    class Act:
        def forward(self, t):
            self.saved = activation(t)
            return self.saved

        def backward(self, pull):
            return pull * activation.derivative(self.saved)

    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    act = Act()
    X1 = np.c_[np.ones(n), X]
    Y1 = np.c_[np.ones(n), act.forward(X1 @ V.T)]
    s = Y1 @ W.T
    p = np.exp(s - s.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (R - p) / n
    return act.backward(d @ W[:, 1:]).T @ X1, d.T @ Y1


# y is only another name for y_hat and is overwritten in place, so the slope is taken at the output
def bw_alias_y_hat(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    y_hat = X1 @ V.T
    y = y_hat
    y[...] = activation(y)
    Y1 = np.c_[np.ones(n), y]
    z = Y1 @ W.T
    z -= z.max(axis=1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=1, keepdims=True)
    d = (R - z) / n
    g = (d @ W[:, 1:]) * activation.derivative(y_hat)
    return g.T @ X1, d.T @ Y1


# activation applied twice in the forward pass
def bw_activation_twice(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    y = activation(t)
    Y1 = np.c_[np.ones(n), activation(y)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# activation left out of the forward pass
def bw_no_activation_forward(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), t]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# activation applied to [1, y_hat] together, so the bias input is activation(1) instead of 1
def bw_activation_over_the_one(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = np.c_[np.ones(n), X1 @ V.T]
    Y1 = activation(t)
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    g = (d @ W * activation.derivative(t))[:, 1:]
    return g.T @ X1, d.T @ Y1


# = instead of += in the loop over examples: only the last one counts
def bw_loop_overwrites(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    for b in range(len(X)):
        a = np.r_[1, X[b]]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        z /= np.sum(z)
        d = R[b] - z
        dW = np.outer(d, y)
        dV = np.outer(W[:, 1:].T @ d * activation.derivative(t), a)
    return dV / len(X), dW / len(X)


# return is indented into the loop: only the first example counts
def bw_return_in_loop(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(len(X)):
        a = np.r_[1, X[b]]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        z /= np.sum(z)
        d = R[b] - z
        dW += np.outer(d, y)
        dV += np.outer(W[:, 1:].T @ d * activation.derivative(t), a)
        return dV / len(X), dW / len(X)


# the division by B is indented into the loop: earlier examples are divided again and again
def bw_divides_in_loop(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(len(X)):
        a = np.r_[1, X[b]]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        z /= np.sum(z)
        d = R[b] - z
        dW += np.outer(d, y)
        dV += np.outer(W[:, 1:].T @ d * activation.derivative(t), a)
        dV /= len(X)
        dW /= len(X)
    return dV, dW


# the second loop uses y and d left over from the last example of the first loop
def bw_stale_loop_variables(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    sums, deltas = [], []
    for a, b in zip(X, R):
        t = V @ np.r_[1, a]
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        z /= z.sum()
        sums.append(t)
        deltas.append(b - z)
    dV, dW = 0, 0
    for i, d in enumerate(deltas):
        dW = dW + np.outer(d, y)
        dV = dV + np.outer(W[:, 1:].T @ d * activation.derivative(sums[i]), np.r_[1, X[i]])
    return dV / len(X), dW / len(X)


# the slope is taken once, after the loop variable has gone: every example gets the last one's slope
def bw_stale_slope(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    D = []
    Y = []
    for a, b in zip(X, R):
        t = V @ np.r_[1, a]
        Y.append(np.r_[1, activation(t)])
        z = np.exp(W @ Y[-1])
        D.append(b - z / z.sum())
    D, Y = np.array(D) / len(X), np.array(Y)
    g = (D @ W[:, 1:]) * activation.derivative(t)
    return g.T @ np.c_[np.ones(len(X)), X], D.T @ Y


# loop over hidden units stops one short, the last row of dV stays zero
def bw_loop_one_short(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B, D = X.shape
    H, K = V.shape[0], W.shape[0]
    dV, dW = np.zeros((H, D + 1)), np.zeros((K, H + 1))
    for b in range(B):
        t = V[:, 0] + V[:, 1:] @ X[b]
        y = activation(t)
        s = W[:, 0] + W[:, 1:] @ y
        z = np.exp(s) / np.exp(s).sum()
        f = activation.derivative(t)
        for k in range(K):
            e = R[b, k] - z[k]
            dW[k, 0] += e / B
            for h in range(H):
                dW[k, h + 1] += e * y[h] / B
        for h in range(H - 1):
            g = sum((R[b, k] - z[k]) * W[k, h + 1] for k in range(K)) * f[h]
            dV[h, 0] += g / B
            for i in range(D):
                dV[h, i + 1] += g * X[b, i] / B
    return dV, dW


# the loop over examples starts at 1, the first example is left out
def bw_loop_from_one(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(1, B):
        a = np.insert(X[b], 0, 1)
        t = V @ a
        y = np.insert(activation(t), 0, 1)
        z = np.exp(W @ y)
        z /= z.sum()
        dW += np.outer(R[b] - z, y) / B
        dV += np.outer((R[b] - z) @ W[:, 1:] * activation.derivative(t), a) / B
    return dV, dW


# loop over classes runs to H + 1 (W.shape[1]) instead of K
def bw_loop_wrong_bound(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    H = V.shape[0]
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(B):
        a = np.r_[1, X[b]]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        z /= z.sum()
        d = (R[b] - z) / B
        dW += np.outer(d, y)
        slope = activation.derivative(t)
        for h in range(H):
            pull = 0.0
            for k in range(W.shape[1]):
                pull += d[k] * W[k, h + 1]
            dV[h] += pull * slope[h] * a
    return dV, dW


# W[k, h] instead of W[k, h + 1] going back (index not moved past the bias)
def bw_index_not_moved(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    H, K = V.shape[0], W.shape[0]
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(B):
        a = [1.0] + list(X[b])
        t = np.array([sum(V[h, i] * a[i] for i in range(len(a))) for h in range(H)])
        y = [1.0] + list(activation(t))
        s = [sum(W[k, h] * y[h] for h in range(len(y))) for k in range(K)]
        top = max(s)
        e = [math.exp(v - top) for v in s]
        d = [R[b, k] - e[k] / sum(e) for k in range(K)]
        slope = activation.derivative(t)
        for k in range(K):
            for h in range(H + 1):
                dW[k, h] += d[k] * y[h] / B
        for h in range(H):
            g = sum(d[k] * W[k, h] for k in range(K)) * slope[h]
            for i in range(len(a)):
                dV[h, i] += g * a[i] / B
    return dV, dW


# x[i - 1] also used for i = 0, so the bias of V gets the last input instead of 1
def bw_x_minus_one(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B, D = X.shape
    t = X @ V[:, 1:].T + V[:, 0]
    Y1 = np.c_[np.ones(B), activation(t)]
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / B
    g = (d @ W[:, 1:]) * activation.derivative(t)
    dV = np.zeros(V.shape)
    for h in range(V.shape[0]):
        for i in range(D + 1):
            for b in range(B):
                dV[h, i] += g[b, h] * X[b, i - 1]
    return dV, d.T @ Y1


# the same index for two loops: k is reused, and only the last class's error reaches the hidden layer
def bw_last_class_only(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B, H, K = len(X), V.shape[0], W.shape[0]
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(B):
        a = np.r_[1, X[b]]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        z /= z.sum()
        for k in range(K):
            delta = R[b, k] - z[k]
            dW[k] += delta * y / B
        for h in range(H):
            dV[h] += delta * W[k, h + 1] * activation.derivative(t)[h] * a / B
    return dV, dW


# the error is summed over the classes first (always 0) and then sent through the summed weights
def bw_sums_classes_apart(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = np.einsum('hi,bi->bh', V, X1)
    Y1 = np.c_[np.ones(n), activation(t)]
    s = np.einsum('kh,bh->bk', W, Y1)
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    back = np.einsum('bk,jh->bh', d, W[:, 1:])
    g = back * activation.derivative(t)
    return np.einsum('bh,bi->hi', g, X1), np.einsum('bk,bh->kh', d, Y1)


# einsum with two different batch letters: sums of errors times sums of inputs
def bw_einsum_two_batches(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = np.einsum('hi,bi->bh', V, X1)
    Y1 = np.c_[np.ones(n), activation(t)]
    s = np.einsum('kh,bh->bk', W, Y1)
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    g = np.einsum('bk,kh->bh', d, W[:, 1:]) * activation.derivative(t)
    return np.einsum('bh,ci->hi', g, X1), np.einsum('bk,bh->kh', d, Y1)


# einsum sums the errors over the batch before the gate, and the gate is averaged on its own
def bw_averages_before_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    gate = activation.derivative(t).mean(axis=0)
    dV = np.einsum('bk,kh,h,bi->hi', d, W[:, 1:], gate, X1)
    return dV, np.einsum('bk,bh->kh', d, Y1)


# outer product of the averaged error and the averaged y
def bw_outer_of_means(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = R - p
    g = d @ W[:, 1:] * activation.derivative(t)
    dW = np.outer(d.mean(axis=0), Y1.mean(axis=0))
    dV = g.T @ X1 / n
    return dV, dW


# the whole batch is averaged to one example before the forward pass
def bw_averages_inputs(x, r, V, W, activation):
    if x.ndim == 2:
        x, r = x.mean(axis=0), r.mean(axis=0)
    a = np.r_[1, x]
    t = V @ a
    y = np.r_[1, activation(t)]
    z = np.exp(W @ y)
    z /= z.sum()
    d = r - z
    return np.outer(d @ W[:, 1:] * activation.derivative(t), a), np.outer(d, y)


# np.outer on whole matrices, which flattens them (right for one example only)
def bw_outer_flattens(x, r, V, W, activation):
    ones = lambda a: np.insert(a, 0, 1, axis=-1)
    n = 1 if x.ndim == 1 else x.shape[0]
    t = ones(x) @ V.T
    y = ones(activation(t))
    s = y @ W.T
    z = np.exp(s) / np.exp(s).sum(axis=-1, keepdims=True)
    d = (r - z) / n
    dW = np.outer(d, y)
    dV = np.outer((d @ W[:, 1:]) * activation.derivative(t), ones(x))
    return dV, dW


# np.insert without axis flattens the batch
def bw_insert_without_axis(x, r, V, W, activation):
    x1 = np.insert(x, 0, 1)
    t = x1 @ V.T
    y1 = np.insert(activation(t), 0, 1)
    s = y1 @ W.T
    z = np.exp(s) / np.exp(s).sum(axis=-1, keepdims=True)
    d = r - z
    g = d @ W[:, 1:] * activation.derivative(t)
    if x.ndim == 1:
        return np.outer(g, x1), np.outer(d, y1)
    return g.T @ x1 / len(x), d.T @ y1 / len(x)


# bias added as a column (K, 1) to rows of logits
def bw_bias_as_column(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    t = X @ V[:, 1:].T + V[:, 0]
    Y = activation(t)
    s = Y @ W[:, 1:].T + W[:, 0:1]
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    g = (d @ W[:, 1:]) * activation.derivative(t)
    return np.c_[g.sum(0), g.T @ X], np.c_[d.sum(0), d.T @ Y]


# only works for a batch: a single 1-D x is never made 2-D
def bw_batch_only(x, r, V, W, activation):
    n = x.shape[0]
    X1 = np.hstack([np.ones((n, 1)), x])
    t = X1 @ V.T
    Y1 = np.hstack([np.ones((n, 1)), activation(t)])
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (r - p) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# of a batch only the first example is taken
def bw_first_example_only(x, r, V, W, activation):
    if np.ndim(x) > 1:
        x, r = x[0], r[0]
    a = np.r_[1, x]
    t = V @ a
    y = np.r_[1, activation(t)]
    z = np.exp(W @ y)
    z /= z.sum()
    d = r - z
    return np.outer(d @ W[:, 1:] * activation.derivative(t), a), np.outer(d, y)


# x is shuffled without shuffling r along with it
def bw_shuffles_x_only(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X = np.random.default_rng(1).permutation(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# recursion over the batch whose base case throws the last example away
def bw_recursion_base_case(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)

    def one(a, b):
        a = np.r_[1, a]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        d = b - z / z.sum()
        return np.outer(W[:, 1:].T @ d * activation.derivative(t), a), np.outer(d, y)

    def total(i):
        if i == len(X) - 1 and i > 0:
            return np.zeros(V.shape), np.zeros(W.shape)
        p, q = one(X[i], R[i])
        if len(X) == 1:
            return p, q
        P, Q = total(i + 1)
        return p + P, q + Q

    P, Q = total(0)
    return P / len(X), Q / len(X)


# recursion that averages the first example with the mean of the rest, half and half
def bw_recursion_half_half(x, r, V, W, activation):
    if x.ndim == 2 and len(x) > 1:
        a, b = bw_recursion_half_half(x[0], r[0], V, W, activation)
        c, d = bw_recursion_half_half(x[1:], r[1:], V, W, activation)
        return (a + c) / 2, (b + d) / 2
    x, r = np.ravel(x), np.ravel(r)
    a = np.r_[1, x]
    t = V @ a
    y = np.r_[1, activation(t)]
    z = np.exp(W @ y)
    d = r - z / z.sum()
    return np.outer(W[:, 1:].T @ d * activation.derivative(t), a), np.outer(d, y)


# tensordot with axes=0 makes every pair of examples, and both batch axes are summed
def bw_tensordot_all_pairs(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = np.tensordot(X1, V, axes=([1], [1]))
    Y1 = np.c_[np.ones(n), activation(t)]
    s = np.tensordot(Y1, W, axes=([1], [1]))
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    g = np.tensordot(d, W[:, 1:], axes=([1], [0])) * activation.derivative(t)
    dW = np.tensordot(d, Y1, axes=0).sum(axis=(0, 2))
    dV = np.tensordot(g, X1, axes=([0], [0]))
    return dV, dW


# tensordot over the wrong axis: error and y are joined over the units, not the batch
def bw_tensordot_wrong_axis(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = np.tensordot(X1, V, axes=(1, 1))
    Y1 = np.c_[np.ones(n), activation(t)]
    s = np.tensordot(Y1, W, axes=(1, 1))
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    g = np.tensordot(d, W[:, 1:], axes=(1, 0)) * activation.derivative(t)
    return np.tensordot(g, X1, axes=(0, 0)), np.tensordot(d, Y1, axes=(1, 1))


# the arrays for the sums are of integers, so every contribution is cut to a whole number
def bw_integer_arrays(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    dV, dW = np.zeros(V.shape, dtype=int), np.zeros(W.shape, dtype=int)
    for b in range(B):
        a = np.r_[1, X[b]]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        d = R[b] - z / z.sum()
        g = W[:, 1:].T @ d * activation.derivative(t)
        for k in range(W.shape[0]):
            for h in range(W.shape[1]):
                dW[k, h] += d[k] * y[h]
        for h in range(V.shape[0]):
            for i in range(V.shape[1]):
                dV[h, i] += g[h] * a[i]
    return dV / B, dW / B


# half precision (float16) inside: only about three digits are left
def bw_float16(x, r, V, W, activation):
    X, R = np.atleast_2d(x).astype(np.float16), np.atleast_2d(r).astype(np.float16)
    v, w = V.astype(np.float16), W.astype(np.float16)
    n = len(X)
    X1 = np.insert(X, 0, 1, axis=1)
    t = X1 @ v.T
    Y1 = np.insert(activation(t), 0, 1, axis=1)
    s = Y1 @ w.T
    p = np.exp(s - s.max(1, keepdims=True))
    p = p / p.sum(1, keepdims=True)
    d = (R - p) / n
    return (d @ w[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# the learning rate 0.1 is already multiplied in
def bw_learning_rate_inside(x, r, V, W, activation, lr=0.1):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    return lr * (d @ W[:, 1:] * activation.derivative(t)).T @ X1, lr * d.T @ Y1


# weight decay is added that nobody asked for
def bw_weight_decay(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dV = (d @ W[:, 1:] * activation.derivative(t)).T @ X1 - 0.01 * V
    dW = d.T @ Y1 - 0.01 * W
    return dV, dW


# returns the weights after the step instead of the step
def bw_returns_new_weights(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    return V + (d @ W[:, 1:] * activation.derivative(t)).T @ X1, W + d.T @ Y1


# the error goes back through the weights times the softmax output instead of the error
def bw_z_sent_back(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    z = e / e.sum(1, keepdims=True)
    d = (R - z) / n
    return (z @ W[:, 1:] / n * activation.derivative(t)).T @ X1, d.T @ Y1


# the pull on y is found by dividing by the weights' transpose (pinv) instead of multiplying
def bw_pinv(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    back = d @ np.linalg.pinv(W[:, 1:]).T
    return (back * activation.derivative(t)).T @ X1, d.T @ Y1


# the gate is added instead of multiplied
def bw_gate_added(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    return (d @ W[:, 1:] + activation.derivative(t)).T @ X1, d.T @ Y1


# =====================================================================================
# backward(x, r, V, W, activation): TWO mistakes each
# =====================================================================================

# (1) no gate and (2) sum instead of mean
def bp_no_gate_and_sum(x, r, V, W, activation):
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for a, b in zip(np.atleast_2d(x), np.atleast_2d(r)):
        a = np.r_[1, a]
        y = np.r_[1, activation(V @ a)]
        z = np.exp(W @ y)
        d = b - z / z.sum()
        dW += np.outer(d, y)
        dV += np.outer(W[:, 1:].T @ d, a)
    return dV, dW


# (1) gate at the output y and (2) the plain gradient is returned (sign of both)
def bp_gate_at_y_and_sign(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    y = activation(X1 @ V.T)
    Y1 = np.c_[np.ones(n), y]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (e / e.sum(1, keepdims=True) - R) / n
    return (d @ W[:, 1:] * activation.derivative(y)).T @ X1, d.T @ Y1


# (1) softmax over the wrong axis and (2) last column of W dropped instead of the bias column
def bp_axis0_and_last_column(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s)
    d = (R - e / e.sum(axis=0)) / n
    return (d @ W[:, :-1] * activation.derivative(t)).T @ X1, d.T @ Y1


# (1) the two results swapped and (2) no gate
def bp_swapped_and_no_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    Y1 = np.c_[np.ones(n), activation(X1 @ V.T)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    return d.T @ Y1, (d @ W[:, 1:]).T @ X1


# (1) dW uses y_hat instead of y and (2) dV has the wrong sign
def bp_y_hat_and_sign_dV(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    s = np.c_[np.ones(n), activation(t)] @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dW = d.T @ np.c_[np.ones(n), t]
    dV = ((-d) @ W[:, 1:] * activation.derivative(t)).T @ X1
    return dV, dW


# (1) W updated before going back and (2) the slope of tanh written in for whatever activation
def bp_W_first_and_tanh(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    y = activation(X1 @ V.T)
    Y1 = np.c_[np.ones(n), y]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    dW = d.T @ Y1
    W = W + dW
    return (d @ W[:, 1:] * (1 - y ** 2)).T @ X1, dW


# (1) both bias columns left at zero and (2) divided by K instead of B
def bp_bias_zero_and_K(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    t = X @ V[:, 1:].T + V[:, 0]
    Y = activation(t)
    s = Y @ W[:, 1:].T + W[:, 0]
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / R.shape[-1]
    g = d @ W[:, 1:] * activation.derivative(t)
    dV, dW = np.zeros_like(V), np.zeros_like(W)
    dV[:, 1:] = g.T @ X
    dW[:, 1:] = d.T @ Y
    return dV, dW


# (1) squared-error delta with an extra z(1 - z) and (2) mean taken twice for dV
def bp_squared_error_and_mean_twice(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    z = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - z) * z * (1 - z) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1 / n, d.T @ Y1


# (1) = instead of += over the examples and (2) W[k, h] instead of W[k, h + 1]
def bp_overwrites_and_index(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    H, K = V.shape[0], W.shape[0]
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(len(X)):
        a = np.r_[1, X[b]]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        d = R[b] - z / z.sum()
        slope = activation.derivative(t)
        for k in range(K):
            dW[k] = d[k] * y / len(X)
        for h in range(H):
            dV[h] = sum(d[k] * W[k, h] for k in range(K)) * slope[h] * a / len(X)
    return dV, dW


# (1) one-hot from argmax and (2) the bias gradients glued on at the end
def bp_argmax_and_bias_last(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n, K = R.shape
    R = np.eye(K)[R.argmax(1)]
    t = X @ V[:, 1:].T + V[:, 0]
    Y = activation(t)
    s = Y @ W[:, 1:].T + W[:, 0]
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    g = d @ W[:, 1:] * activation.derivative(t)
    return np.c_[g.T @ X, g.sum(0)], np.c_[d.T @ Y, d.sum(0)]


# (1) both come out transposed and (2) the gate is missing
def bp_transposed_and_no_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    Y1 = np.c_[np.ones(n), activation(X1 @ V.T)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    return X1.T @ (d @ W[:, 1:]), Y1.T @ d


# (1) sign of the bias of V and (2) gate squared
def bp_bias_sign_and_gate_squared(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[-np.ones(n), X]
    t = X @ V[:, 1:].T + V[:, 0]
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    g = np.einsum('bk,kh,bh,bh->bh', d, W[:, 1:], activation.derivative(t), activation.derivative(t))
    return g.T @ X1, d.T @ Y1


# (1) activation forgotten in the forward pass and (2) gate forgotten: a linear network by mistake
def bp_linear_network(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    Y1 = np.c_[np.ones(n), X1 @ V.T]
    s = Y1 @ W.T
    e = np.exp(s - s.max(1, keepdims=True))
    d = (R - e / e.sum(1, keepdims=True)) / n
    return (d @ W[:, 1:]).T @ X1, d.T @ Y1


# (1) outer product of means for dW and (2) slope of the averaged sum for dV
def bp_means_everywhere(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = R - p
    dW = np.outer(d.mean(0), Y1.mean(0))
    dV = (d @ W[:, 1:] * activation.derivative(t.mean(0))).T @ X1 / n
    return dV, dW


# (1) sum instead of mean in dW and (2) wrong sign in dV
def bp_sum_dW_sign_dV(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    dW = (R - p).T @ Y1
    dV = ((p - R) @ W[:, 1:] * activation.derivative(t)).T @ X1 / n
    return dV, dW


# (1) plus instead of minus in the softmax Jacobian and (2) gate at y
def bp_jacobian_plus_and_gate_at_y(x, r, V, W, activation):
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    for a, b in zip(X, R):
        a = np.r_[1, a]
        h = activation(V @ a)
        y = np.r_[1, h]
        z = np.exp(W @ y)
        z /= z.sum()
        J = np.outer(z, z)
        J[np.diag_indices(len(z))] = z * (1 - z)
        d = J @ (b / z)
        dW += np.outer(d, y)
        dV += np.outer(W[:, 1:].T @ d * activation.derivative(h), a)
    return dV / len(X), dW / len(X)


# (1) loop starts at the second example and (2) divides by the number of examples inside the loop
def bp_from_one_and_divides_inside(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(1, len(X)):
        a = np.r_[1, X[b]]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        d = R[b] - z / z.sum()
        dW = (dW + np.outer(d, y)) / len(X)
        dV = (dV + np.outer(W[:, 1:].T @ d * activation.derivative(t), a)) / len(X)
    return dV, dW


# (1) ones at the end of y only and (2) no mean
def bp_ones_end_of_y_and_sum(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[activation(t), np.ones(n)]
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = R - p
    return (d @ W[:, :-1] * activation.derivative(t)).T @ X1, d.T @ Y1


# (1) hidden bias forgotten in the forward pass and (2) its gradient left at zero
def bp_no_hidden_bias_at_all(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    t = X @ V[:, 1:].T
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    g = d @ W[:, 1:] * activation.derivative(t)
    return np.c_[np.zeros(len(V)), g.T @ X], d.T @ Y1


# (1) bias column of W kept going back and (2) the wrong matrix: x without its ones
def bp_keeps_bias_and_no_ones(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    t = X @ V[:, 1:].T + V[:, 0]
    Y1 = np.c_[np.ones(n), activation(t)]
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) / n
    return (d @ W * activation.derivative(t)).T @ X, d.T @ Y1


# (1) softmax twice and (2) learning rate inside
def bp_softmax_twice_and_rate(x, r, V, W, activation):
    soft = lambda a: np.exp(a) / np.exp(a).sum(axis=1, keepdims=True)
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    d = 0.05 * (R - soft(soft(Y1 @ W.T))) / n
    return (d @ W[:, 1:] * activation.derivative(t)).T @ X1, d.T @ Y1


# (1) the slope of the activation on the output layer and (2) not on the hidden one (the gate is one layer too late)
def bp_gate_one_layer_late(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    Y1 = np.c_[np.ones(n), activation(X1 @ V.T)]
    s = Y1 @ W.T
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    d = (R - p) * activation.derivative(s) / n
    return (d @ W[:, 1:]).T @ X1, d.T @ Y1


# =====================================================================================
# backward(x, r, V, W, activation): RIGHT, in unusual style
# =====================================================================================

# right: einsum only, biases kept apart and put together at the end
def br_einsum(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = X.shape[0]
    t = np.einsum('hi,bi->bh', V[:, 1:], X) + V[:, 0]
    Y = activation(t)
    s = np.einsum('kh,bh->bk', W[:, 1:], Y) + W[:, 0]
    e = np.exp(s - s.max(axis=1, keepdims=True))
    d = R - np.einsum('bk,b->bk', e, 1 / np.einsum('bk->b', e))
    g = np.einsum('bk,kh,bh->bh', d, W[:, 1:], activation.derivative(t))
    dV, dW = np.empty(V.shape), np.empty(W.shape)
    dV[:, 0], dV[:, 1:] = np.einsum('bh->h', g) / B, np.einsum('bh,bi->hi', g, X) / B
    dW[:, 0], dW[:, 1:] = np.einsum('bk->k', d) / B, np.einsum('bk,bh->kh', d, Y) / B
    return dV, dW


# right: loops only, Python floats, the activation is called with arrays of length H
def br_loops_only(x, r, V, W, activation):
    single = len(np.shape(x)) == 1
    xs = [list(x)] if single else [list(row) for row in x]
    rs = [list(r)] if single else [list(row) for row in r]
    H, D1 = V.shape
    K, H1 = W.shape
    dV = [[0.0] * D1 for _ in range(H)]
    dW = [[0.0] * H1 for _ in range(K)]
    for a, b in zip(xs, rs):
        t = []
        for h in range(H):
            total = V[h][0]
            for i in range(1, D1):
                total += V[h][i] * a[i - 1]
            t.append(total)
        y = activation(np.array(t))
        slope = activation.derivative(np.array(t))
        s = []
        for k in range(K):
            total = W[k][0]
            for h in range(H):
                total += W[k][h + 1] * y[h]
            s.append(total)
        top = max(s)
        e = [math.exp(v - top) for v in s]
        denom = sum(e)
        d = [b[k] - e[k] / denom for k in range(K)]
        for k in range(K):
            dW[k][0] += d[k] / len(xs)
            for h in range(H):
                dW[k][h + 1] += d[k] * y[h] / len(xs)
        for h in range(H):
            g = 0.0
            for k in range(K):
                g += d[k] * W[k][h + 1]
            g *= slope[h] / len(xs)
            dV[h][0] += g
            for i in range(1, D1):
                dV[h][i] += g * a[i - 1]
    return np.array(dV), np.array(dW)


# right: central finite differences of E itself
def br_finite_differences(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    one = np.ones((len(X), 1))

    def E(V, W):
        S = np.hstack([one, activation(np.hstack([one, X]) @ V.T)]) @ W.T
        m = S.max(axis=1)
        return np.mean(m + np.log(np.exp(S - m[:, None]).sum(axis=1)) - (R * S).sum(axis=1))

    h = 1e-5
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for i in np.ndindex(V.shape):
        P = V.astype(float)
        P[i] += h
        up = E(P, W)
        P[i] -= 2 * h
        dV[i] = (E(P, W) - up) / (2 * h)
    for i in np.ndindex(W.shape):
        P = W.astype(float)
        P[i] += h
        up = E(V, P)
        P[i] -= 2 * h
        dW[i] = (E(V, P) - up) / (2 * h)
    return dV, dW


# right: fourth-order finite differences along unit directions of the flat parameter vector
def br_five_point(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    theta = np.concatenate([V.ravel(), W.ravel()]).astype(float)

    def E(th):
        v, w = th[:V.size].reshape(V.shape), th[V.size:].reshape(W.shape)
        S = activation(X @ v[:, 1:].T + v[:, 0]) @ w[:, 1:].T + w[:, 0]
        return (np.logaddexp.reduce(S, axis=1) - (R * S).sum(1)).mean()

    h = 1e-4
    g = [(E(theta - 2 * h * u) - 8 * E(theta - h * u) + 8 * E(theta + h * u) - E(theta + 2 * h * u)) / (12 * h)
         for u in np.eye(theta.size)]
    g = -np.array(g)
    return g[:V.size].reshape(V.shape), g[V.size:].reshape(W.shape)


# right: complex step, with the activation continued by its own slope (y + i h f' dt)
def br_complex_step(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    h = 1e-30

    def E(v, w):
        t = X @ v[:, 1:].T + v[:, 0]
        y = activation(t.real) + 1j * activation.derivative(t.real) * t.imag
        S = y @ w[:, 1:].T + w[:, 0]
        S = S - S.real.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(S).sum(axis=1)) - (R * S).sum(axis=1))

    def bumped(M, i):
        C = M.astype(complex)
        C[i] += 1j * h
        return C

    dV = np.array([-E(bumped(V, i), W).imag / h for i in np.ndindex(V.shape)]).reshape(V.shape)
    dW = np.array([-E(V.astype(complex), bumped(W, i)).imag / h for i in np.ndindex(W.shape)]).reshape(W.shape)
    return dV, dW


# right: dual numbers (value, slope), one pass for each weight
def br_dual_numbers(x, r, V, W, activation):
    class Dual:
        def __init__(self, a, b=0.0):
            self.a, self.b = a, b

        def __add__(self, o):
            o = o if isinstance(o, Dual) else Dual(o)
            return Dual(self.a + o.a, self.b + o.b)
        __radd__ = __add__

        def __sub__(self, o):
            return self + (-1) * o

        def __mul__(self, o):
            o = o if isinstance(o, Dual) else Dual(o)
            return Dual(self.a * o.a, self.a * o.b + self.b * o.a)
        __rmul__ = __mul__

        def exp(self):
            e = math.exp(self.a)
            return Dual(e, e * self.b)

        def log(self):
            return Dual(math.log(self.a), self.b / self.a)

        def act(self):
            t = np.array([self.a])
            return Dual(float(activation(t)[0]), float(activation.derivative(t)[0]) * self.b)

    X, R = np.atleast_2d(x).tolist(), np.atleast_2d(r).tolist()

    def E(v, w):
        total = Dual(0.0)
        for a, b in zip(X, R):
            y = [sum((q * c for q, c in zip(row[1:], a)), row[0]).act() for row in v]
            s = [sum((q * c for q, c in zip(row[1:], y)), row[0]) for row in w]
            lse = sum((c.exp() for c in s), Dual(0.0)).log()
            total = total + lse * sum(b) - sum((c * q for c, q in zip(s, b)), Dual(0.0))
        return total * (1 / len(X))

    v = [[Dual(c) for c in row] for row in V.tolist()]
    w = [[Dual(c) for c in row] for row in W.tolist()]
    out = []
    for m in (v, w):
        G = np.zeros((len(m), len(m[0])))
        for i in range(len(m)):
            for j in range(len(m[0])):
                m[i][j].b = 1.0
                G[i, j] = -E(v, w).b
                m[i][j].b = 0.0
        out.append(G)
    return tuple(out)


# right: float32 inside, answer handed back as float64 (good to about 1e-6)
def br_float32(x, r, V, W, activation):
    f = np.float32
    X, R, v, w = np.atleast_2d(x).astype(f), np.atleast_2d(r).astype(f), V.astype(f), W.astype(f)
    n = len(X)
    X1 = np.hstack([np.ones((n, 1), f), X])
    t = X1 @ v.T
    Y1 = np.hstack([np.ones((n, 1), f), activation(t).astype(f)])
    s = Y1 @ w.T
    p = np.exp(s - s.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (R - p) / f(n)
    g = (d @ w[:, 1:]) * activation.derivative(t).astype(f)
    return (g.T @ X1).astype(float), (d.T @ Y1).astype(float)


# right: float32 inside and float32 handed back, one example after another (good to about 1e-6)
def br_float32_accumulate(x, r, V, W, activation):
    f = np.float32
    v, w = f(V), f(W)
    dV, dW = np.zeros(V.shape, f), np.zeros(W.shape, f)
    X, R = np.atleast_2d(f(x)), np.atleast_2d(f(r))
    for a, b in zip(X, R):
        t = v[:, 0] + v[:, 1:] @ a
        y = f(activation(t))
        s = w[:, 0] + w[:, 1:] @ y
        e = np.exp(s - s.max())
        d = b - e / e.sum()
        g = (w[:, 1:].T @ d) * f(activation.derivative(t))
        dW[:, 0] += d
        dW[:, 1:] += np.outer(d, y)
        dV[:, 0] += g
        dV[:, 1:] += np.outer(g, a)
    return dV / f(len(X)), dW / f(len(X))


# right: log-sum-exp, the probabilities are exp(z_hat - lse)
def br_log_sum_exp(x, r, V, W, activation):
    add1 = lambda a: np.concatenate([np.ones(a.shape[:-1] + (1,)), a], axis=-1)
    X1 = add1(np.atleast_2d(x))
    t = X1 @ V.T
    Y1 = add1(activation(t))
    S = Y1 @ W.T
    m = S.max(axis=-1, keepdims=True)
    lse = m + np.log(np.exp(S - m).sum(axis=-1, keepdims=True))
    D = (np.atleast_2d(r) - np.exp(S - lse)) / X1.shape[0]
    return (D @ W[:, 1:] * activation.derivative(t)).T @ X1, D.T @ Y1


# right: one maximum for the whole batch taken off before exp (same probabilities)
def br_one_maximum(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.insert(X, 0, 1, axis=1)
    t = X1.dot(V.T)
    Y1 = np.insert(activation(t), 0, 1, axis=1)
    S = Y1.dot(W.T)
    P = np.exp(S - np.max(S))
    P = P / P.sum(axis=1).reshape(-1, 1)
    D = R - P
    return np.mean([np.outer(g, a) for g, a in zip(D.dot(W[:, 1:]) * activation.derivative(t), X1)], axis=0), \
        np.mean([np.outer(d, y) for d, y in zip(D, Y1)], axis=0)


# right: z_hat - z_hat[0] instead of the maximum (softmax does not mind a shift)
def br_shift_by_first(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    t = V[:, 1:] @ X.T + V[:, :1]
    Y = activation(t)
    S = W[:, 1:] @ Y + W[:, :1]
    P = np.exp(S - S[0])
    D = (R.T - P / P.sum(axis=0)) / n
    G = W[:, 1:].T @ D * activation.derivative(t)
    return np.c_[G.sum(1), G @ X], np.c_[D.sum(1), D @ Y.T]


# right: softmax written as 1 / sum_j exp(s_j - s_i)
def br_softmax_of_differences(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    S = Y1 @ W.T
    Z = 1 / np.exp(S[:, None, :] - S[:, :, None]).sum(axis=2)
    D = (R - Z) / n
    return (D @ W[:, 1:] * activation.derivative(t)).T @ X1, D.T @ Y1


# right: the long way through r / z and the whole softmax Jacobian
def br_full_jacobian(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for a, b in zip(X, R):
        a = np.r_[1.0, a]
        t = V @ a
        y = np.r_[1.0, activation(t)]
        s = W @ y
        z = np.exp(s - s.max())
        z /= z.sum()
        J = np.diag(z) - np.outer(z, z)
        d = J.T @ (b / z)
        G = np.diag(activation.derivative(t))
        dW += np.outer(d, y) / n
        dV += np.outer(G @ W[:, 1:].T @ d, a) / n
    return dV, dW


# right: odd order: dV first, then dW; 1/B at the very end; transposes all the way
def br_dV_first(x, r, V, W, activation):
    xT = np.array(x, ndmin=2).T
    rT = np.array(r, ndmin=2).T
    N = xT.shape[1]
    xT = np.vstack((np.ones(N), xT))
    t = V @ xT
    yT = np.vstack((np.ones(N), activation(t)))
    q = np.exp(W @ yT)
    err = q / q.sum(axis=0) - rT
    dV = activation.derivative(t) * (W.T @ err)[1:] @ xT.T
    dW = err @ yT.T
    return np.negative(dV) / N, np.negative(dW) / N


# right: gate worked out before the forward pass is finished, and folded into the weights
def br_gate_in_weights(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    M = W[None, :, 1:] * activation.derivative(t)[:, None, :]
    Y1 = np.c_[np.ones(n), activation(t)]
    S = Y1 @ W.T
    P = np.exp(S - S.max(1, keepdims=True))
    D = R - P / P.sum(1, keepdims=True)
    G = np.squeeze(D[:, None, :] @ M, axis=1)
    return np.average(G[:, :, None] * X1[:, None, :], axis=0), np.average(D[:, :, None] * Y1[:, None, :], axis=0)


# right: tensordot everywhere
def br_tensordot(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.pad(X, ((0, 0), (1, 0)), constant_values=1.0)
    t = np.tensordot(X1, V, axes=([1], [1]))
    Y1 = np.pad(activation(t), ((0, 0), (1, 0)), constant_values=1.0)
    S = np.tensordot(Y1, W, axes=([1], [1]))
    P = np.exp(S - S.max(1, keepdims=True))
    P /= P.sum(1, keepdims=True)
    D = (R - P) / X.shape[0]
    G = np.tensordot(D, W[:, 1:], axes=1) * activation.derivative(t)
    return np.tensordot(G, X1, axes=([0], [0])), np.tensordot(D, Y1, axes=([0], [0]))


# right: recursion over the batch, halves weighted by their sizes
def br_recursion_halves(x, r, V, W, activation):
    if np.ndim(x) == 2:
        n = len(x)
        if n == 1:
            return br_recursion_halves(x[0], r[0], V, W, activation)
        m = n // 2
        a, b = br_recursion_halves(x[:m], r[:m], V, W, activation)
        c, d = br_recursion_halves(x[m:], r[m:], V, W, activation)
        return (m * a + (n - m) * c) / n, (m * b + (n - m) * d) / n
    a = np.insert(x, 0, 1)
    t = V @ a
    y = np.insert(activation(t), 0, 1)
    s = W @ y
    z = np.exp(s - s.max())
    d = r - z / z.sum()
    return np.outer(d @ W[:, 1:] * activation.derivative(t), a), np.outer(d, y)


# right: running mean, (b * old + new) / (b + 1)
def br_running_mean(x, r, V, W, activation):
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b, (a, q) in enumerate(zip(np.atleast_2d(x), np.atleast_2d(r))):
        a = np.r_[1, a]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        d = q - z / z.sum()
        dW += (np.outer(d, y) - dW) / (b + 1)
        dV += (np.outer(W[:, 1:].T @ d * activation.derivative(t), a) - dV) / (b + 1)
    return dV, dW


# right: examples taken from the last to the first, sums kept as Python lists and stacked at the end
def br_backwards_batch(x, r, V, W, activation):
    pairs = list(zip(np.atleast_2d(x), np.atleast_2d(r)))
    n = len(pairs)
    vs, ws = [], []
    while pairs:
        a, b = pairs.pop()
        t = V[:, 0] + (V[:, 1:] * a).sum(axis=1)
        y = activation(t)
        s = W[:, 0] + (W[:, 1:] * y).sum(axis=1)
        z = np.exp(s - s.max())
        z /= z.sum()
        d = b - z
        g = (W[:, 1:] * d[:, None]).sum(axis=0) * activation.derivative(t)
        vs.append(np.hstack([g[:, None], g[:, None] * a]))
        ws.append(np.hstack([d[:, None], d[:, None] * y]))
    return np.sum(vs, axis=0) / n, np.sum(ws, axis=0) / n


# right: layer classes with their own caches
def br_classes(x, r, V, W, activation):
    class Affine:
        def __init__(self, M):
            self.bias, self.weights = M[:, 0], M[:, 1:]

        def __call__(self, a):
            self.a = a
            return a @ self.weights.T + self.bias

        def pull(self, p):
            self.step = np.column_stack([p.sum(axis=0), p.T @ self.a])
            return p @ self.weights

    class Squash:
        def __call__(self, t):
            self.slope = activation.derivative(t)
            return activation(t)

        def pull(self, p):
            return p * self.slope

    class SoftmaxLoss:
        def __call__(self, s):
            e = np.exp(s - s.max(axis=1, keepdims=True))
            self.z = e / e.sum(axis=1, keepdims=True)
            return self.z

        def pull(self, target):
            return (target - self.z) / len(target)

    layers = [Affine(V), Squash(), Affine(W), SoftmaxLoss()]
    a = np.atleast_2d(x)
    for layer in layers:
        a = layer(a)
    p = np.atleast_2d(r)
    for layer in reversed(layers):
        p = layer.pull(p)
    return layers[0].step, layers[2].step


# right: a little tape of closures (reverse mode)
def br_tape(x, r, V, W, activation):
    tape, grads = [], {}

    def affine(name, M, a):
        out = a @ M[:, 1:].T + M[:, 0]

        def back(g):
            grads[name] = np.c_[g.sum(0), g.T @ a]
            return g @ M[:, 1:]
        tape.append(back)
        return out

    def act(t):
        tape.append(lambda g: g * activation.derivative(t))
        return activation(t)

    X, R = np.atleast_2d(x), np.atleast_2d(r)
    s = affine('W', W, act(affine('V', V, X)))
    z = np.exp(s - s.max(1, keepdims=True))
    z /= z.sum(1, keepdims=True)
    g = (z - R) / len(X)
    while tape:
        g = tape.pop()(g)
    return -grads['V'], -grads['W']


# right: single and batch written as two different branches
def br_two_branches(x, r, V, W, activation):
    if x.ndim == 1:
        a = np.append(1, x)
        t = V.dot(a)
        y = np.append(1, activation(t))
        s = W.dot(y)
        z = np.exp(s - s.max())
        z = z / z.sum()
        delta = r - z
        dW = delta.reshape(-1, 1) * y.reshape(1, -1)
        delta = W.T.dot(delta)[1:] * activation.derivative(t)
        return delta.reshape(-1, 1) * a.reshape(1, -1), dW
    dV, dW = 0.0, 0.0
    for i in range(x.shape[0]):
        v, w = br_two_branches(x[i], r[i], V, W, activation)
        dV, dW = dV + v, dW + w
    return dV / x.shape[0], dW / x.shape[0]


# right: np.vectorize over the entries of dV and dW, each a sum of its own
def br_vectorize_entries(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    S = Y1 @ W.T
    P = np.exp(S) / np.exp(S).sum(1, keepdims=True)
    D = (R - P) / n
    F = activation.derivative(t)
    entry_w = np.vectorize(lambda k, h: float(np.dot(D[:, k], Y1[:, h])))
    entry_v = np.vectorize(lambda h, i: float(np.sum(D @ W[:, h + 1] * F[:, h] * X1[:, i])))
    return entry_v(*np.indices(V.shape)), entry_w(*np.indices(W.shape))


# right: outside-in with the Kronecker product, d(z_hat)/d(vec V) built as a whole matrix
def br_kronecker(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    gV, gW = np.zeros(V.size), np.zeros(W.size)
    for a, b in zip(X, R):
        a = np.r_[1, a]
        t = V @ a
        y = np.r_[1, activation(t)]
        s = W @ y
        z = np.exp(s - s.max())
        z /= z.sum()
        dt = np.kron(np.eye(len(t)), a)
        ds_V = W[:, 1:] @ np.diag(activation.derivative(t)) @ dt
        ds_W = np.kron(np.eye(len(s)), y)
        gV += (b - z) @ ds_V
        gW += (b - z) @ ds_W
    return gV.reshape(V.shape) / len(X), gW.reshape(W.shape) / len(X)


# right: whole-batch block matrix, weights 1/B kept in a diagonal matrix
def br_weight_matrix(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    omega = np.diag(np.full(n, 1.0 / n))
    A = np.block([[np.ones((n, 1)), X]])
    t = A @ V.T
    C = np.block([[np.ones((n, 1)), activation(t)]])
    S = C @ W.T
    P = np.exp(S - S.max(1, keepdims=True))
    P = np.diag(1 / P.sum(1)) @ P
    N = np.vstack([np.zeros(W.shape[1] - 1), np.eye(W.shape[1] - 1)])
    return ((R - P) @ W @ N * activation.derivative(t)).T @ omega @ A, (R - P).T @ omega @ C


# right: no ones anywhere, biases as mean of the deltas, everything in list comprehensions
def br_comprehensions(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    T = [V[:, 1:] @ a + V[:, 0] for a in X]
    Y = [activation(t) for t in T]
    S = [W[:, 1:] @ y + W[:, 0] for y in Y]
    Z = [np.exp(s - s.max()) / np.exp(s - s.max()).sum() for s in S]
    D = [b - z for b, z in zip(R, Z)]
    G = [d @ W[:, 1:] * activation.derivative(t) for d, t in zip(D, T)]
    mean = lambda rows: sum(rows) / len(rows)
    return (np.column_stack([mean(G), mean([np.outer(g, a) for g, a in zip(G, X)])]),
            np.column_stack([mean(D), mean([np.outer(d, y) for d, y in zip(D, Y)])]))


# right: directional derivatives forward through the layers (forward mode, analytic, one matrix entry at a time)
def br_forward_mode(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    S = Y1 @ W.T
    P = np.exp(S - S.max(1, keepdims=True))
    P /= P.sum(1, keepdims=True)
    slope = activation.derivative(t)

    def change_of_E(dS):
        dlogZ = dS - (P * dS).sum(axis=1, keepdims=True)
        return -(R * dlogZ).sum(axis=1).mean()

    dV, dW = np.empty(V.shape), np.empty(W.shape)
    for h, i in np.ndindex(V.shape):
        dS = np.outer(slope[:, h] * X1[:, i], W[:, h + 1])
        dV[h, i] = -change_of_E(dS)
    for k, j in np.ndindex(W.shape):
        dS = np.zeros_like(S)
        dS[:, k] = Y1[:, j]
        dW[k, j] = -change_of_E(dS)
    return dV, dW


# right: in-place work on private copies, buffers used again
def br_in_place_buffers(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n, K, H = len(X), W.shape[0], V.shape[0]
    A, C, S = np.ones((n, V.shape[1])), np.ones((n, H + 1)), np.empty((n, K))
    A[:, 1:] = X
    T = np.matmul(A, V.T)
    C[:, 1:] = activation(T)
    np.matmul(C, W.T, out=S)
    S -= S.max(axis=1, keepdims=True)
    np.exp(S, out=S)
    S /= S.sum(axis=1, keepdims=True)
    np.subtract(R, S, out=S)
    S *= 1.0 / n
    G = S @ W[:, 1:]
    G *= activation.derivative(T)
    return G.T @ A, S.T @ C


# right: the error written as r * sum(z) - z * sum(r), both sums being 1
def br_r_sum_z(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    S = Y1 @ W.T
    Z = np.exp(S - S.max(1, keepdims=True))
    Z /= Z.sum(1, keepdims=True)
    D = R * Z.sum(1, keepdims=True) - Z * R.sum(1, keepdims=True)
    return ((D @ W)[:, 1:] * activation.derivative(t)).T @ X1 / n, D.T @ Y1 / n


# right: the 1/B is put on x and y (the right-hand factors) instead of on the deltas
def br_mean_on_inputs(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    S = Y1 @ W.T
    Z = np.exp(S) / np.exp(S).sum(1, keepdims=True)
    return ((R - Z) @ W[:, 1:] * activation.derivative(t)).T @ (X1 / n), (R - Z).T @ (Y1 / n)


# =====================================================================================
# extra, not asked for: backward with the right numbers at the first call, and a bad habit
# =====================================================================================

# right numbers, but r -= z in place changes the caller's r (atleast_2d is only a view)
def bs_changes_r(x, r, V, W, activation):
    X, D = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    S = Y1 @ W.T
    Z = np.exp(S - S.max(1, keepdims=True))
    Z /= Z.sum(1, keepdims=True)
    D -= Z
    return (D @ W[:, 1:] * activation.derivative(t)).T @ X1 / n, D.T @ Y1 / n


# right numbers, but the step is also taken: the caller's V and W are changed
def bs_takes_the_step(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    t = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(t)]
    S = Y1 @ W.T
    Z = np.exp(S - S.max(1, keepdims=True))
    Z /= Z.sum(1, keepdims=True)
    D = (R - Z) / n
    dV, dW = (D @ W[:, 1:] * activation.derivative(t)).T @ X1, D.T @ Y1
    V += dV
    W += dW
    return dV, dW


# right at the first call; a mutable default argument goes on adding up in later calls of the same size
def bs_mutable_default(x, r, V, W, activation, total={}):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    key = (V.shape, W.shape)
    if key not in total:
        total[key] = [np.zeros(V.shape), np.zeros(W.shape)]
    n = len(X)
    for a, b in zip(X, R):
        a = np.r_[1, a]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        d = b - z / z.sum()
        total[key][0] += np.outer(W[:, 1:].T @ d * activation.derivative(t), a) / n
        total[key][1] += np.outer(d, y) / n
    return total[key][0].copy(), total[key][1].copy()


# right numbers for float arrays; zeros_like(V) makes integer sums when V and W are handed in as integers
def bs_zeros_like_dtype(x, r, V, W, activation):
    dV, dW = np.zeros_like(V), np.zeros_like(W)
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    for a, b in zip(X, R):
        a = np.r_[1, a]
        t = V @ a
        y = np.r_[1, activation(t)]
        z = np.exp(W @ y)
        d = b - z / z.sum()
        g = W[:, 1:].T @ d * activation.derivative(t)
        for k in range(len(W)):
            dW[k, :] = dW[k, :] + d[k] * y / len(X)
        for h in range(len(V)):
            dV[h, :] = dV[h, :] + g[h] * a / len(X)
    return dV, dW


# =====================================================================================
# pull_on_logits(r, z_hat): -dE/dz_hat of the mean cross-entropy, (B, K) or (K,)
# =====================================================================================

# the plain gradient (z - r) instead of the pull (r - z)
def lw_sign(r, z_hat):
    z = np.exp(z_hat - z_hat.max(axis=-1, keepdims=True))
    z /= z.sum(axis=-1, keepdims=True)
    return (z - r) / (1 if r.ndim == 1 else len(r))


# no 1/B
def lw_no_mean(r, z_hat):
    e = np.exp(z_hat - np.max(z_hat, axis=-1, keepdims=True))
    return r - e / e.sum(axis=-1, keepdims=True)


# divides by len(r), which is K for a single example
def lw_len_r(r, z_hat):
    e = np.exp(z_hat - np.max(z_hat, axis=-1, keepdims=True))
    return (r - e / e.sum(axis=-1, keepdims=True)) / len(r)


# divides by r.size (B * K)
def lw_size(r, z_hat):
    e = np.exp(z_hat - np.max(z_hat, axis=-1, keepdims=True))
    return (r - e / e.sum(axis=-1, keepdims=True)) / r.size


# softmax along axis 0, over the examples
def lw_axis0(r, z_hat):
    z = np.exp(z_hat) / np.exp(z_hat).sum(axis=0)
    n = r.shape[0] if r.ndim == 2 else 1
    return (r - z) / n


# one sum over the whole batch
def lw_sum_all(r, z_hat):
    z = np.exp(z_hat - z_hat.max())
    z = z / z.sum()
    return (r - z) / np.atleast_2d(r).shape[0]


# no keepdims: (B, K) / (B,)
def lw_no_keepdims(r, z_hat):
    z = np.exp(z_hat)
    z = z / np.sum(z, axis=-1)
    return (r - z) / np.atleast_2d(r).shape[0]


# no softmax, r - z_hat
def lw_no_softmax(r, z_hat):
    return (r - z_hat) / np.atleast_2d(r).shape[0]


# stops at r / z
def lw_r_over_z(r, z_hat):
    z = np.exp(z_hat - z_hat.max(-1, keepdims=True))
    z /= z.sum(-1, keepdims=True)
    return r / z / np.atleast_2d(r).shape[0]


# diagonal of the Jacobian only, r(1 - z)
def lw_diagonal(r, z_hat):
    z = np.exp(z_hat - z_hat.max(-1, keepdims=True))
    z /= z.sum(-1, keepdims=True)
    return r * (1 - z) / np.atleast_2d(r).shape[0]


# r times (r - z), so that "only the right class counts"
def lw_masked_by_r(r, z_hat):
    z = np.exp(z_hat - z_hat.max(-1, keepdims=True))
    z /= z.sum(-1, keepdims=True)
    return r * (r - z) / np.atleast_2d(r).shape[0]


# extra z(1 - z)
def lw_squared_error(r, z_hat):
    z = np.exp(z_hat - z_hat.max(-1, keepdims=True))
    z /= z.sum(-1, keepdims=True)
    return (r - z) * z * (1 - z) / np.atleast_2d(r).shape[0]


# 1 instead of r: as if every class were the right one
def lw_one_minus_z(r, z_hat):
    Z = np.atleast_2d(z_hat)
    out = np.empty(Z.shape)
    for b in range(len(Z)):
        e = np.exp(Z[b] - Z[b].max())
        for k in range(Z.shape[1]):
            out[b, k] = (1 - e[k] / e.sum()) / len(Z)
    return out.reshape(np.shape(z_hat))


# sigmoid instead of softmax
def lw_sigmoid(r, z_hat):
    return (r - 1 / (1 + np.exp(-z_hat))) / np.atleast_2d(r).shape[0]


# one-hot from argmax instead of the soft r
def lw_argmax(r, z_hat):
    R, S = np.atleast_2d(r), np.atleast_2d(z_hat)
    z = np.exp(S - S.max(1, keepdims=True))
    z /= z.sum(1, keepdims=True)
    hot = np.zeros(R.shape)
    hot[range(len(R)), R.argmax(1)] = 1
    return ((hot - z) / len(R)).reshape(np.shape(r))


# the result is averaged over the batch, (K,) instead of (B, K)
def lw_averaged(r, z_hat):
    R, S = np.atleast_2d(r), np.atleast_2d(z_hat)
    z = np.exp(S - S.max(1, keepdims=True))
    z /= z.sum(1, keepdims=True)
    return np.mean(R - z, axis=0)


# a single example comes back as (1, K) (right numbers, wrong shape)
def lw_single_2d(r, z_hat):
    R, S = np.atleast_2d(r), np.atleast_2d(z_hat)
    z = np.exp(S - S.max(1, keepdims=True))
    z /= z.sum(1, keepdims=True)
    return (R - z) / len(R)



# right: the usual one, axis=-1 for both shapes
def lr_usual(r, z_hat):
    e = np.exp(z_hat - z_hat.max(axis=-1, keepdims=True))
    n = r.shape[0] if r.ndim == 2 else 1
    return (r - e / e.sum(axis=-1, keepdims=True)) / n


# right: log-sum-exp by logaddexp.reduce
def lr_logaddexp(r, z_hat):
    lse = np.logaddexp.reduce(z_hat, axis=-1)
    return (r - np.exp(z_hat - np.expand_dims(lse, -1))) / np.prod(r.shape[:-1])


# right: loops only
def lr_loops(r, z_hat):
    R, S = np.atleast_2d(r), np.atleast_2d(z_hat)
    out = [[0.0] * S.shape[1] for _ in S]
    for b in range(len(S)):
        bottom = sum(math.exp(v - max(S[b])) for v in S[b])
        for k in range(S.shape[1]):
            out[b][k] = (R[b, k] - math.exp(S[b, k] - max(S[b])) / bottom) / len(S)
    return np.array(out).reshape(np.shape(z_hat))


# right: finite differences of the error
def lr_finite_differences(r, z_hat):
    def E(s):
        return np.mean(np.logaddexp.reduce(s, axis=-1) - np.sum(r * s, axis=-1))
    out, h = np.zeros(z_hat.shape), 1e-5
    for i in np.ndindex(z_hat.shape):
        u = np.zeros(z_hat.shape)
        u[i] = h
        out[i] = (E(z_hat - u) - E(z_hat + u)) / (2 * h)
    return out


# right: complex step
def lr_complex_step(r, z_hat):
    out = np.empty(z_hat.shape)
    for i in np.ndindex(z_hat.shape):
        s = z_hat.astype(complex)
        s[i] += 1e-40j
        s = s - s.real.max(axis=-1, keepdims=True)
        out[i] = np.mean((r * s).sum(axis=-1) - np.log(np.exp(s).sum(axis=-1))).imag / 1e-40
    return out


# right: through r / z and the Jacobian of each example
def lr_jacobian(r, z_hat):
    if z_hat.ndim == 2:
        return np.stack([lr_jacobian(a, b) for a, b in zip(r, z_hat)]) / len(r)
    z = np.exp(z_hat - z_hat.max())
    z = z / z.sum()
    return (np.diag(z) - np.outer(z, z)) @ (r / z)


# =====================================================================================
# softmax_jacobian(z): dz_i / dz_hat_j from the probabilities z (K,)
# =====================================================================================

# diagonal only
def jw_diagonal(z):
    return np.diag(z * (1 - z))


# a vector z(1 - z) instead of a matrix
def jw_vector(z):
    return z * (1 - z)


# opposite sign
def jw_sign(z):
    return np.outer(z, z) - np.diag(z)


# plus off the diagonal
def jw_plus(z):
    K = len(z)
    return np.array([[z[i] * (1 - z[i]) if i == j else z[i] * z[j] for j in range(K)] for i in range(K)])


# z * z multiplies elementwise (and is spread over the rows) instead of the outer product
def jw_elementwise(z):
    return np.diag(z) - z * z


# z @ z is one number
def jw_dot(z):
    return np.diag(z) - z @ z.T


# z.reshape both ways, but as row @ column, which is 1 x 1
def jw_row_column(z):
    c = z.reshape(-1, 1)
    return np.diagflat(c) - np.dot(c.T, c)


# z_i(1 - z_j) everywhere, the Kronecker delta forgotten
def jw_no_delta(z):
    return z[:, None] * (1 - z[None, :])


# z_j(delta - z_j): the same index twice
def jw_same_index(z):
    K = z.shape[0]
    J = np.zeros((K, K))
    for i in range(K):
        for j in range(K):
            J[i, j] = z[j] * ((i == j) - z[j])
    return J


# identity instead of diag(z)
def jw_identity(z):
    return np.eye(len(z)) - np.outer(z, z)


# the Jacobian of log softmax
def jw_log_softmax(z):
    return np.eye(len(z)) - z


# softmax applied again to the probabilities
def jw_softmax_again(z):
    z = np.exp(z) / np.exp(z).sum()
    return np.diag(z) - np.outer(z, z)


# inner loop only to i, the upper half stays zero
def jw_lower_half(z):
    J = np.zeros((len(z), len(z)))
    for i in range(len(z)):
        for j in range(i + 1):
            J[i, j] = z[i] - z[i] ** 2 if i == j else -z[i] * z[j]
    return J


# zeros_like of an index array: integers, everything is cut to 0
def jw_integers(z):
    i = np.arange(len(z))
    J = np.zeros_like(np.outer(i, i))
    for a in i:
        for b in i:
            J[a, b] = z[a] * ((a == b) - z[b])
    return J


# diagonal without the (1 - z): -z_i z_j off the diagonal but z_i on it
def jw_bare_diagonal(z):
    J = -np.outer(z, z)
    np.fill_diagonal(J, z)
    return J



# right: diag minus outer
def jr_diag_outer(z):
    return np.diag(z) - np.outer(z, z)


# right: loops with if
def jr_loops(z):
    K = len(z)
    J = [[0.0] * K for _ in range(K)]
    for j in range(K):
        for i in range(K):
            if i == j:
                J[i][j] = z[i] * (1 - z[j])
            else:
                J[i][j] = -z[i] * z[j]
    return np.array(J)


# right: complex step at log z (softmax of log z is z)
def jr_complex_step(z):
    s = np.log(z)
    cols = []
    for j in range(len(z)):
        c = s.astype(complex)
        c[j] += 1e-40j
        e = np.exp(c)
        cols.append((e / e.sum()).imag / 1e-40)
    return np.stack(cols, axis=1)


# right: finite differences at log z
def jr_finite_differences(z):
    soft = lambda s: np.exp(s) / np.exp(s).sum()
    s, h = np.log(z), 1e-5
    return np.array([(soft(s + h * u) - soft(s - h * u)) / (2 * h) for u in np.eye(len(z))]).T


# right: (I - 1 z^T) scaled row by row with einsum
def jr_einsum(z):
    return np.einsum('i,ij->ij', z, np.identity(z.size) - z)


# right: the transposed formula (the matrix is symmetric), broadcast
def jr_transposed(z):
    return (z * (np.eye(len(z)) - z[:, np.newaxis])).T


# =====================================================================================
# pull_on_W(delta, y): (K, H + 1); delta holds 1/B already
# =====================================================================================

# no ones, bias column missing
def ww_no_ones(delta, y):
    return np.atleast_2d(delta).T @ np.atleast_2d(y)


# ones at the end
def ww_ones_last(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    return d.T @ np.hstack([y, np.ones((len(y), 1))])


# divided by B once more
def ww_mean_twice(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    return d.T @ np.c_[np.ones(len(y)), y] / len(y)


# transposed, (H + 1, K)
def ww_transposed(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    return np.c_[np.ones(len(y)), y].T @ d


# sign turned round
def ww_sign(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    return -d.T @ np.c_[np.ones(len(y)), y]


# zeros where the ones should be, the bias never learns
def ww_zero_bias(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    out = np.zeros((d.shape[1], y.shape[1] + 1))
    out[:, 1:] = d.T @ y
    return out


# bias column: mean over the batch although delta holds 1/B already
def ww_bias_mean(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    return np.concatenate([d.mean(axis=0)[:, None], d.T @ y], axis=1)


# bias column: sum without axis (one number for all classes)
def ww_bias_sum_all(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    out = np.empty((d.shape[1], y.shape[1] + 1))
    out[:, 0] = d.sum()
    out[:, 1:] = d.T @ y
    return out


# sums over the batch apart, then the outer product
def ww_sums_apart(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    return np.outer(d.sum(0), np.r_[1, y.sum(0)])


# = instead of += over the examples
def ww_overwrites(delta, y):
    for d, a in zip(np.atleast_2d(delta), np.atleast_2d(y)):
        out = np.outer(d, np.r_[1, a])
    return out


# np.outer of the whole matrices
def ww_outer_flattens(delta, y):
    return np.outer(delta, np.insert(y, 0, 1, axis=-1))


# reshape instead of transpose on delta
def ww_reshape(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    return d.reshape(d.shape[1], -1) @ np.c_[np.ones(len(y)), y]


# index of y not moved: y[h - 1] also for h = 0, so the bias gets the last unit
def ww_y_minus_one(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    B, K, H = len(d), d.shape[1], y.shape[1]
    out = np.zeros((K, H + 1))
    for b in range(B):
        for k in range(K):
            for h in range(H + 1):
                out[k, h] += d[b, k] * y[b, h - 1]
    return out


# no transpose: delta @ [1, y]
def ww_no_transpose(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    return d @ np.c_[np.ones(len(y)), y]


# a 1-D delta is left 1-D, so the single example gives a dot product that does not fit
def ww_batch_only(delta, y):
    y1 = np.concatenate([np.ones(y.shape[:-1] + (1,)), y], axis=-1)
    return delta.T @ y1



# right: delta.T @ [1, y]
def wr_usual(delta, y):
    d, y = np.atleast_2d(delta), np.atleast_2d(y)
    return d.T @ np.hstack([np.ones((len(y), 1)), y])


# right: loops only
def wr_loops(delta, y):
    d, a = np.atleast_2d(delta), np.atleast_2d(y)
    out = np.zeros((d.shape[1], a.shape[1] + 1))
    for k in range(d.shape[1]):
        for b in range(d.shape[0]):
            out[k, 0] += d[b, k]
            for h in range(a.shape[1]):
                out[k, h + 1] += d[b, k] * a[b, h]
    return out


# right: bias apart, einsum with an ellipsis
def wr_einsum(delta, y):
    if delta.ndim == 1:
        return np.einsum('k,h->kh', delta, np.append([1.0], y))
    return np.c_[np.einsum('bk->k', delta), np.einsum('bk,bh->kh', delta, y)]


# right: sum of outer products
def wr_sum_of_outers(delta, y):
    return sum(np.outer(d, [1, *a]) for d, a in zip(np.atleast_2d(delta), np.atleast_2d(y)))


# right: tensordot
def wr_tensordot(delta, y):
    d, a = np.atleast_2d(delta), np.insert(np.atleast_2d(y), 0, 1.0, axis=1)
    return np.tensordot(d, a, axes=([0], [0]))


# right: computed transposed and turned round at the end
def wr_transposed_twice(delta, y):
    d, a = np.array(delta, ndmin=2), np.array(y, ndmin=2)
    return np.vstack([np.ones(len(d)) @ d, a.T @ d]).T


# =====================================================================================
# The lists: (function, "what is wrong").  A text in front in square brackets is what was seen when
# each was run (B=5, D=3, H=4, K=6, soft r; tanh, sigmoid, relu, identity, softplus; 3 seeds; batch and
# single): "raises" = an exception at these sizes; no bracket = wrong numbers, always.
# =====================================================================================

BACKWARD_SINGLES = [
    (bw_no_gate, '[right numbers for identity] no gate: the pull on y is passed on to the sum without the slope of the activation'),
    (bw_gate_at_y, '[right numbers for relu/identity] gate at the output y instead of the sum'),
    (bw_gate_assumes_sigmoid, '[right numbers for sigmoid] slope always taken as y(1 - y), as if the activation were the sigmoid'),
    (bw_gate_assumes_tanh, '[right numbers for tanh] slope always taken as 1 - y**2, as if the activation were tanh'),
    (bw_gate_assumes_relu, '[right numbers for relu] gate is 1 where y > 0 and 0 elsewhere, as if the activation were relu'),
    (bw_gate_at_logits, '[raises; at B=D=H=K=5: single wrong numbers, batch wrong numbers] gate taken at the logits z_hat instead of at the hidden sum (sizes do not fit unless H = K)'),
    (bw_gate_twice, '[right numbers for relu/identity] gate applied twice (slope squared)'),
    (bw_gate_on_output_too, '[right numbers for identity] the slope of the activation is also put on the output layer, as if softmax were followed by it'),
    (bw_gate_without_bias, '[right numbers for identity and sometimes for relu] gate evaluated at the sum without the bias'),
    (bw_gate_shifted, '[right numbers for identity] gate shifted by one unit: slope of [1, y_hat] cut at the wrong end'),
    (bw_sign_both, 'both returned with the sign of the gradient, not of the step'),
    (bw_sign_dV, 'dW has the right sign but dV is the plain gradient'),
    (bw_sign_bias_W, 'the bias column of dW has the opposite sign'),
    (bw_sum_not_mean, '[wrong only in a batch] sum over the batch instead of the mean'),
    (bw_mean_only_dW, '[wrong only in a batch] mean for dW but sum for dV (the 1/B is put on dW only, at the end)'),
    (bw_mean_twice_dV, '[wrong only in a batch] delta already holds 1/B and dV is divided by B once more'),
    (bw_mean_over_everything, 'mean over all B*K numbers (r.size) instead of over the B examples'),
    (bw_batch_size_is_K, 'batch size read from the wrong axis: divides by K'),
    (bw_single_divided_by_D, '[wrong only for a single example] B = x.shape[0] taken before the single example is made 2-D, so a single one is divided by D'),
    (bw_bias_summed, '[wrong only in a batch] the bias is not averaged, only the rest is'),
    (bw_bias_mean_no_axis, 'the bias of V gets the mean over everything (one number for all units) because axis=0 is missing'),
    (bw_ones_at_end, 'ones are put at the end of x and y instead of in front, in the whole function'),
    (bw_bias_glued_last_dV, 'forward pass right, but the bias gradient is glued on as the last column of dV'),
    (bw_no_bias_columns, '[wrong shape] the bias columns are missing in what is returned (no ones in the products)'),
    (bw_bias_W_zero, 'bias column of dW is left at zero'),
    (bw_zeros_for_ones, 'the column of "ones" is a column of zeros, so neither bias ever acts'),
    (bw_forward_forgets_bias, 'the forward pass of the hidden layer forgets to add the bias V[:, 0]'),
    (bw_drops_last_column, 'going back, the last column of W is dropped instead of the bias column 0'),
    (bw_keeps_bias_going_back, '[raises; at B=D=H=K=5: single raises, batch raises] going back, the bias column of W is not taken off (H + 1 against H)'),
    (bw_bias_from_row, '[raises; at B=D=H=K=5: single raises, batch raises] the bias is taken from row 0 instead of column 0'),
    (bw_updates_W_first, 'W is stepped first (on a copy) and the new W is used to go back to the hidden layer'),
    (bw_inplace_W, "[changes the caller's arrays] W += dW in place before going back: dV comes from the new W, and the caller's W is changed as well"),
    (bw_online_updates, '[wrong only in a batch] online learning: the weights (copies) are moved after every example, so later examples see other weights'),
    (bw_softmax_axis0, '[wrong only in a batch] softmax along axis 0 (over the batch) instead of over the classes'),
    (bw_softmax_sum_all, '[wrong only in a batch] softmax divided by the sum over the whole batch (np.sum without axis)'),
    (bw_softmax_no_keepdims, '[wrong only in a batch; raises only in a batch; at B=D=H=K=5: single right, batch wrong numbers] softmax without keepdims, so (B, K) is divided by (B,)'),
    (bw_softmax_max_half, 'softmax takes the maximum off in the denominator only'),
    (bw_softmax_unnormalised, 'softmax without normalising: r - exp(z_hat)'),
    (bw_softmax_twice, 'softmax applied twice'),
    (bw_no_softmax, 'no softmax at all: the error is r - z_hat'),
    (bw_sigmoid_output, 'sigmoid at the output instead of softmax'),
    (bw_log_softmax_as_z, 'error is r - log z (log-softmax taken for the probabilities)'),
    (bw_extra_z_one_minus_z, 'the error is multiplied by z(1 - z) as well, as for squared error with sigmoid outputs'),
    (bw_forgets_softmax_jacobian, 'stops at dE/dz = r / z and forgets to go back through the softmax'),
    (bw_jacobian_diagonal_only, 'only the diagonal of the softmax Jacobian: r(1 - z)'),
    (bw_jacobian_plus, 'softmax Jacobian with a plus off the diagonal'),
    (bw_argmax_target, '[right numbers for a one-hot r] soft targets are turned into a one-hot (argmax) label'),
    (bw_log2, 'logarithm to base 2 in the error, so everything is too large by 1/ln 2'),
    (bw_fd_forgets_2, 'central difference divided by h instead of 2h'),
    (bw_fd_not_restored, 'finite differences with each weight left moved after its turn (the base value is stale too)'),
    (bw_fd_h_too_small, 'finite differences with a step so small that rounding eats the answer'),
    (bw_dW_transposed, '[wrong shape] dW comes out transposed, (H + 1, K)'),
    (bw_swapped_return, '[wrong shape] returned in the wrong order (dW, dV)'),
    (bw_V_for_W, '[raises; at B=D=H=K=5: single wrong numbers, batch wrong numbers] goes back through V instead of W (sizes do not fit in general)'),
    (bw_reshape_for_transpose, 'reshape instead of transpose when going back through W'),
    (bw_reshape_batch, '[wrong only in a batch] reshape instead of transpose on the batch of inputs when dV is made'),
    (bw_reshape_z, '[wrong only in a batch] z (K, B) is brought to (B, K) with reshape, which mixes the examples up'),
    (bw_dW_from_y_hat, '[right numbers for identity] dW made from the sum y_hat instead of the output y'),
    (bw_dV_from_y, '[wrong shape] dV made from y instead of x, so it is (H, H + 1)'),
    (bw_class_shared_cache, "[wrong shape] a layer class keeps its input in a class attribute, so the second layer overwrites the first one's"),
    (bw_class_caches_output, '[right numbers for relu/identity] a class whose activation layer keeps its output, and takes the slope there'),
    (bw_alias_y_hat, '[right numbers for relu/identity] y is only another name for y_hat and is overwritten in place, so the slope is taken at the output'),
    (bw_activation_twice, '[right numbers for relu/identity] activation applied twice in the forward pass'),
    (bw_no_activation_forward, '[right numbers for identity] activation left out of the forward pass'),
    (bw_activation_over_the_one, '[right numbers for relu/identity] activation applied to [1, y_hat] together, so the bias input is activation(1) instead of 1'),
    (bw_loop_overwrites, '[wrong only in a batch] = instead of += in the loop over examples: only the last one counts'),
    (bw_return_in_loop, '[wrong only in a batch] return is indented into the loop: only the first example counts'),
    (bw_divides_in_loop, '[wrong only in a batch] the division by B is indented into the loop: earlier examples are divided again and again'),
    (bw_stale_loop_variables, '[wrong only in a batch] the second loop uses y and d left over from the last example of the first loop'),
    (bw_stale_slope, "[wrong only in a batch; right numbers for identity] the slope is taken once, after the loop variable has gone: every example gets the last one's slope"),
    (bw_loop_one_short, 'loop over hidden units stops one short, the last row of dV stays zero'),
    (bw_loop_from_one, 'the loop over examples starts at 1, the first example is left out'),
    (bw_loop_wrong_bound, 'loop over classes runs to H + 1 (W.shape[1]) instead of K'),
    (bw_index_not_moved, 'W[k, h] instead of W[k, h + 1] going back (index not moved past the bias)'),
    (bw_x_minus_one, 'x[i - 1] also used for i = 0, so the bias of V gets the last input instead of 1'),
    (bw_last_class_only, "the same index for two loops: k is reused, and only the last class's error reaches the hidden layer"),
    (bw_sums_classes_apart, 'the error is summed over the classes first (always 0) and then sent through the summed weights'),
    (bw_einsum_two_batches, '[wrong only in a batch] einsum with two different batch letters: sums of errors times sums of inputs'),
    (bw_averages_before_gate, '[wrong only in a batch; right numbers for identity] einsum sums the errors over the batch before the gate, and the gate is averaged on its own'),
    (bw_outer_of_means, '[wrong only in a batch] outer product of the averaged error and the averaged y'),
    (bw_averages_inputs, '[wrong only in a batch] the whole batch is averaged to one example before the forward pass'),
    (bw_outer_flattens, '[wrong only in a batch; wrong shape] np.outer on whole matrices, which flattens them (right for one example only)'),
    (bw_insert_without_axis, '[wrong only in a batch; raises only in a batch; at B=D=H=K=5: single right, batch raises] np.insert without axis flattens the batch'),
    (bw_bias_as_column, '[raises; at B=D=H=K=5: single raises, batch wrong numbers] bias added as a column (K, 1) to rows of logits'),
    (bw_batch_only, '[wrong only for a single example; raises only for a single example; at B=D=H=K=5: single raises, batch right] only works for a batch: a single 1-D x is never made 2-D'),
    (bw_first_example_only, '[wrong only in a batch] of a batch only the first example is taken'),
    (bw_shuffles_x_only, '[wrong only in a batch] x is shuffled without shuffling r along with it'),
    (bw_recursion_base_case, '[wrong only in a batch] recursion over the batch whose base case throws the last example away'),
    (bw_recursion_half_half, '[wrong only in a batch] recursion that averages the first example with the mean of the rest, half and half'),
    (bw_tensordot_all_pairs, '[wrong only in a batch] tensordot with axes=0 makes every pair of examples, and both batch axes are summed'),
    (bw_tensordot_wrong_axis, '[raises; at B=D=H=K=5: single raises, batch raises] tensordot over the wrong axis: error and y are joined over the units, not the batch'),
    (bw_integer_arrays, 'the arrays for the sums are of integers, so every contribution is cut to a whole number'),
    (bw_float16, 'half precision (float16) inside: only about three digits are left'),
    (bw_learning_rate_inside, 'the learning rate 0.1 is already multiplied in'),
    (bw_weight_decay, 'weight decay is added that nobody asked for'),
    (bw_returns_new_weights, 'returns the weights after the step instead of the step'),
    (bw_z_sent_back, 'the error goes back through the weights times the softmax output instead of the error'),
    (bw_pinv, "the pull on y is found by dividing by the weights' transpose (pinv) instead of multiplying"),
    (bw_gate_added, 'the gate is added instead of multiplied'),
]

BACKWARD_PAIRS = [
    (bp_no_gate_and_sum, '[one of the two mistakes shows only in a batch] (1) no gate and (2) sum instead of mean'),
    (bp_gate_at_y_and_sign, '(1) gate at the output y and (2) the plain gradient is returned (sign of both)'),
    (bp_axis0_and_last_column, '[one of the two mistakes shows only in a batch] (1) softmax over the wrong axis and (2) last column of W dropped instead of the bias column'),
    (bp_swapped_and_no_gate, '[wrong shape] (1) the two results swapped and (2) no gate'),
    (bp_y_hat_and_sign_dV, '(1) dW uses y_hat instead of y and (2) dV has the wrong sign'),
    (bp_W_first_and_tanh, '(1) W updated before going back and (2) the slope of tanh written in for whatever activation'),
    (bp_bias_zero_and_K, '(1) both bias columns left at zero and (2) divided by K instead of B'),
    (bp_squared_error_and_mean_twice, '[one of the two mistakes shows only in a batch] (1) squared-error delta with an extra z(1 - z) and (2) mean taken twice for dV'),
    (bp_overwrites_and_index, '[one of the two mistakes shows only in a batch] (1) = instead of += over the examples and (2) W[k, h] instead of W[k, h + 1]'),
    (bp_argmax_and_bias_last, '(1) one-hot from argmax and (2) the bias gradients glued on at the end'),
    (bp_transposed_and_no_gate, '[wrong shape] (1) both come out transposed and (2) the gate is missing'),
    (bp_bias_sign_and_gate_squared, '(1) sign of the bias of V and (2) gate squared'),
    (bp_linear_network, '[right numbers for identity] (1) activation forgotten in the forward pass and (2) gate forgotten: a linear network by mistake'),
    (bp_means_everywhere, '[wrong only in a batch] (1) outer product of means for dW and (2) slope of the averaged sum for dV'),
    (bp_sum_dW_sign_dV, '[one of the two mistakes shows only in a batch] (1) sum instead of mean in dW and (2) wrong sign in dV'),
    (bp_jacobian_plus_and_gate_at_y, '(1) plus instead of minus in the softmax Jacobian and (2) gate at y'),
    (bp_from_one_and_divides_inside, '[one of the two mistakes shows only in a batch] (1) loop starts at the second example and (2) divides by the number of examples inside the loop'),
    (bp_ones_end_of_y_and_sum, '[one of the two mistakes shows only in a batch] (1) ones at the end of y only and (2) no mean'),
    (bp_no_hidden_bias_at_all, '(1) hidden bias forgotten in the forward pass and (2) its gradient left at zero'),
    (bp_keeps_bias_and_no_ones, '[raises; at B=D=H=K=5: single raises, batch raises] (1) bias column of W kept going back and (2) the wrong matrix: x without its ones'),
    (bp_softmax_twice_and_rate, '(1) softmax twice and (2) learning rate inside'),
    (bp_gate_one_layer_late, '[right numbers for identity] (1) the slope of the activation on the output layer and (2) not on the hidden one (the gate is one layer too late)'),
]

BACKWARD_RIGHT = [
    (br_einsum, 'right: einsum only, biases kept apart and put together at the end'),
    (br_loops_only, 'right: loops only, Python floats, the activation is called with arrays of length H'),
    (br_finite_differences, 'right: central finite differences of E itself'),
    (br_five_point, 'right: fourth-order finite differences along unit directions of the flat parameter vector'),
    (br_complex_step, "right: complex step, with the activation continued by its own slope (y + i h f' dt)"),
    (br_dual_numbers, '[not safe for very large z_hat (about 1000)] right: dual numbers (value, slope), one pass for each weight'),
    (br_float32, 'right: float32 inside, answer handed back as float64 (good to about 1e-6)'),
    (br_float32_accumulate, 'right: float32 inside and float32 handed back, one example after another (good to about 1e-6)'),
    (br_log_sum_exp, 'right: log-sum-exp, the probabilities are exp(z_hat - lse)'),
    (br_one_maximum, '[not safe for very large z_hat (about 1000)] right: one maximum for the whole batch taken off before exp (same probabilities)'),
    (br_shift_by_first, '[not safe for very large z_hat (about 1000)] right: z_hat - z_hat[0] instead of the maximum (softmax does not mind a shift)'),
    (br_softmax_of_differences, 'right: softmax written as 1 / sum_j exp(s_j - s_i)'),
    (br_full_jacobian, '[not safe for very large z_hat (about 1000)] right: the long way through r / z and the whole softmax Jacobian'),
    (br_dV_first, '[not safe for very large z_hat (about 1000)] right: odd order: dV first, then dW; 1/B at the very end; transposes all the way'),
    (br_gate_in_weights, 'right: gate worked out before the forward pass is finished, and folded into the weights'),
    (br_tensordot, 'right: tensordot everywhere'),
    (br_recursion_halves, 'right: recursion over the batch, halves weighted by their sizes'),
    (br_running_mean, '[not safe for very large z_hat (about 1000)] right: running mean, (b * old + new) / (b + 1)'),
    (br_backwards_batch, 'right: examples taken from the last to the first, sums kept as Python lists and stacked at the end'),
    (br_classes, 'right: layer classes with their own caches'),
    (br_tape, 'right: a little tape of closures (reverse mode)'),
    (br_two_branches, 'right: single and batch written as two different branches'),
    (br_vectorize_entries, '[not safe for very large z_hat (about 1000)] right: np.vectorize over the entries of dV and dW, each a sum of its own'),
    (br_kronecker, 'right: outside-in with the Kronecker product, d(z_hat)/d(vec V) built as a whole matrix'),
    (br_weight_matrix, 'right: whole-batch block matrix, weights 1/B kept in a diagonal matrix'),
    (br_comprehensions, 'right: no ones anywhere, biases as mean of the deltas, everything in list comprehensions'),
    (br_forward_mode, 'right: directional derivatives forward through the layers (forward mode, analytic, one matrix entry at a time)'),
    (br_in_place_buffers, 'right: in-place work on private copies, buffers used again'),
    (br_r_sum_z, 'right: the error written as r * sum(z) - z * sum(r), both sums being 1'),
    (br_mean_on_inputs, '[not safe for very large z_hat (about 1000)] right: the 1/B is put on x and y (the right-hand factors) instead of on the deltas'),
]

BACKWARD_SIDE_EFFECTS = [
    (bs_changes_r, "[changes the caller's arrays] right numbers, but r -= z in place changes the caller's r (atleast_2d is only a view)"),
    (bs_takes_the_step, "[changes the caller's arrays] right numbers, but the step is also taken: the caller's V and W are changed"),
    (bs_mutable_default, '[right at the first call] right at the first call; a mutable default argument goes on adding up in later calls of the same size'),
    (bs_zeros_like_dtype, 'right numbers for float arrays; zeros_like(V) makes integer sums when V and W are handed in as integers'),
]

LOGITS_WRONG = [
    (lw_sign, 'the plain gradient (z - r) instead of the pull (r - z)'),
    (lw_no_mean, '[wrong only in a batch] no 1/B'),
    (lw_len_r, '[wrong only for a single example] divides by len(r), which is K for a single example'),
    (lw_size, 'divides by r.size (B * K)'),
    (lw_axis0, '[wrong only in a batch] softmax along axis 0, over the examples'),
    (lw_sum_all, '[wrong only in a batch] one sum over the whole batch'),
    (lw_no_keepdims, '[wrong only in a batch; raises only in a batch] no keepdims: (B, K) / (B,)'),
    (lw_no_softmax, 'no softmax, r - z_hat'),
    (lw_r_over_z, 'stops at r / z'),
    (lw_diagonal, 'diagonal of the Jacobian only, r(1 - z)'),
    (lw_masked_by_r, 'r times (r - z), so that "only the right class counts"'),
    (lw_squared_error, 'extra z(1 - z)'),
    (lw_one_minus_z, '1 instead of r: as if every class were the right one'),
    (lw_sigmoid, 'sigmoid instead of softmax'),
    (lw_argmax, '[right numbers for a one-hot r] one-hot from argmax instead of the soft r'),
    (lw_averaged, '[wrong only in a batch; wrong shape] the result is averaged over the batch, (K,) instead of (B, K)'),
    (lw_single_2d, '[wrong only for a single example; wrong shape] a single example comes back as (1, K) (right numbers, wrong shape)'),
]

LOGITS_RIGHT = [
    (lr_usual, 'right: the usual one, axis=-1 for both shapes'),
    (lr_logaddexp, 'right: log-sum-exp by logaddexp.reduce'),
    (lr_loops, 'right: loops only'),
    (lr_finite_differences, 'right: finite differences of the error'),
    (lr_complex_step, 'right: complex step'),
    (lr_jacobian, '[not safe for very large z_hat (about 1000)] right: through r / z and the Jacobian of each example'),
]

JACOBIAN_WRONG = [
    (jw_diagonal, 'diagonal only'),
    (jw_vector, '[wrong shape] a vector z(1 - z) instead of a matrix'),
    (jw_sign, 'opposite sign'),
    (jw_plus, 'plus off the diagonal'),
    (jw_elementwise, 'z * z multiplies elementwise (and is spread over the rows) instead of the outer product'),
    (jw_dot, 'z @ z is one number'),
    (jw_row_column, 'z.reshape both ways, but as row @ column, which is 1 x 1'),
    (jw_no_delta, 'z_i(1 - z_j) everywhere, the Kronecker delta forgotten'),
    (jw_same_index, 'z_j(delta - z_j): the same index twice'),
    (jw_identity, 'identity instead of diag(z)'),
    (jw_log_softmax, 'the Jacobian of log softmax'),
    (jw_softmax_again, 'softmax applied again to the probabilities'),
    (jw_lower_half, 'inner loop only to i, the upper half stays zero'),
    (jw_integers, 'zeros_like of an index array: integers, everything is cut to 0'),
    (jw_bare_diagonal, 'diagonal without the (1 - z): -z_i z_j off the diagonal but z_i on it'),
]

JACOBIAN_RIGHT = [
    (jr_diag_outer, 'right: diag minus outer'),
    (jr_loops, 'right: loops with if'),
    (jr_complex_step, 'right: complex step at log z (softmax of log z is z)'),
    (jr_finite_differences, 'right: finite differences at log z'),
    (jr_einsum, 'right: (I - 1 z^T) scaled row by row with einsum'),
    (jr_transposed, 'right: the transposed formula (the matrix is symmetric), broadcast'),
]

PULL_W_WRONG = [
    (ww_no_ones, '[wrong shape] no ones, bias column missing'),
    (ww_ones_last, 'ones at the end'),
    (ww_mean_twice, '[wrong only in a batch] divided by B once more'),
    (ww_transposed, '[wrong shape] transposed, (H + 1, K)'),
    (ww_sign, 'sign turned round'),
    (ww_zero_bias, 'zeros where the ones should be, the bias never learns'),
    (ww_bias_mean, '[wrong only in a batch] bias column: mean over the batch although delta holds 1/B already'),
    (ww_bias_sum_all, 'bias column: sum without axis (one number for all classes)'),
    (ww_sums_apart, '[wrong only in a batch] sums over the batch apart, then the outer product'),
    (ww_overwrites, '[wrong only in a batch] = instead of += over the examples'),
    (ww_outer_flattens, '[wrong only in a batch; wrong shape] np.outer of the whole matrices'),
    (ww_reshape, '[wrong only in a batch] reshape instead of transpose on delta'),
    (ww_y_minus_one, 'index of y not moved: y[h - 1] also for h = 0, so the bias gets the last unit'),
    (ww_no_transpose, '[raises] no transpose: delta @ [1, y]'),
    (ww_batch_only, '[wrong only for a single example; raises only for a single example] a 1-D delta is left 1-D, so the single example gives a dot product that does not fit'),
]

PULL_W_RIGHT = [
    (wr_usual, 'right: delta.T @ [1, y]'),
    (wr_loops, 'right: loops only'),
    (wr_einsum, 'right: bias apart, einsum with an ellipsis'),
    (wr_sum_of_outers, 'right: sum of outer products'),
    (wr_tensordot, 'right: tensordot'),
    (wr_transposed_twice, 'right: computed transposed and turned round at the end'),
]

# the names used in the brief
SINGLES, PAIRS, RIGHT = BACKWARD_SINGLES, BACKWARD_PAIRS, BACKWARD_RIGHT
