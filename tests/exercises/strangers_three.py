"""Functions as a class of students might hand in; wrong ones (one mistake, two mistakes) and right ones.

what is checked: backward(x, r, V, W, activation) -> (dV, dW), negative gradients of the mean cross-entropy,
bias in column 0; and pull_on_logits(r, z_hat), softmax_jacobian(z), pull_on_W(delta, y).
A note in brackets says when a mistake does not show in every case.
"""
import math

import numpy as np


# -------------------- BACKWARD_SINGLES


# the direction is the gradient itself, both have the wrong sign
def s01_uphill(x, r, V, W, activation):
    X = np.atleast_2d(x)
    R = np.atleast_2d(r)
    B = X.shape[0]
    X1 = np.hstack([np.ones((B, 1)), X])
    y_hat = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(y_hat)])
    z_hat = Y1 @ W.T
    e = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    z = e / e.sum(axis=1, keepdims=True)
    delta_out = (z - R) / B
    delta_hid = (delta_out @ W[:, 1:]) * activation.derivative(y_hat)
    return delta_hid.T @ X1, delta_out.T @ Y1


# a minus too many in the hidden layer: dV has the wrong sign
def s02_minus_in_hidden(x, r, V, W, activation):
    single = x.ndim == 1
    if single:
        x, r = x[None, :], r[None, :]
    n = len(x)
    ones = np.ones((n, 1))
    xa = np.concatenate([ones, x], axis=1)
    h_in = xa.dot(V.T)
    ha = np.concatenate([ones, activation(h_in)], axis=1)
    out = ha.dot(W.T)
    out = out - out.max(axis=1, keepdims=True)
    p = np.exp(out) / np.exp(out).sum(axis=1, keepdims=True)
    d2 = (r - p) / n
    d1 = -np.dot(d2, W[:, 1:]) * activation.derivative(h_in)
    dV = d1.T.dot(xa)
    dW = d2.T.dot(ha)
    return dV, dW


# minus in front of dW as well although delta is already target minus output
def s03_minus_on_dW(x, r, V, W, activation):
    xs, rs = np.atleast_2d(x, r)
    n = xs.shape[0]
    dV = np.zeros_like(V)
    dW = np.zeros_like(W)
    for xi, ri in zip(xs, rs):
        xi = np.append(1.0, xi)
        s = V @ xi
        y = np.append(1.0, activation(s))
        o = W @ y
        z = np.exp(o - o.max())
        z = z / z.sum()
        err = ri - z
        dW -= np.outer(err, y)
        dV += np.outer((W[:, 1:].T @ err) * activation.derivative(s), xi)
    return dV / n, dW / n


# the gate (slope of the activation) is missing [right for the activation identity]
def s04_no_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[0]
    A0 = np.c_[np.ones(m), X]
    S1 = A0 @ V.T
    A1 = np.c_[np.ones(m), activation(S1)]
    S2 = A1 @ W.T
    Z = np.exp(S2 - S2.max(1)[:, None])
    Z /= Z.sum(1)[:, None]
    D2 = R - Z
    D1 = D2 @ W[:, 1:]
    return D1.T @ A0 / m, D2.T @ A1 / m


# slope taken at the output y instead of at the sum y_hat [right for the activation relu, identity]
def s05_slope_at_y(x, r, V, W, activation):
    def one(x, r):
        x1 = np.concatenate(([1.], x))
        y = activation(V @ x1)
        y1 = np.concatenate(([1.], y))
        z_hat = W @ y1
        z = np.exp(z_hat - np.max(z_hat))
        z = z / np.sum(z)
        delta = r - z
        back = W.T @ delta
        delta_y = back[1:] * activation.derivative(y)
        return np.outer(delta_y, x1), np.outer(delta, y1)
    if x.ndim == 1:
        return one(x, r)
    pairs = [one(a, b) for a, b in zip(x, r)]
    return (np.mean([p[0] for p in pairs], axis=0),
            np.mean([p[1] for p in pairs], axis=0))


# y * (1 - y) as slope whatever the activation is [right for the activation sigmoid]
def s06_sigmoid_slope(x, r, V, W, activation):
    X = x.reshape(-1, V.shape[1] - 1)
    R = r.reshape(-1, W.shape[0])
    bias = np.ones((len(X), 1))
    Xb = np.hstack((bias, X))
    Y = activation(np.einsum('bd,hd->bh', Xb, V))
    Yb = np.hstack((bias, Y))
    Zh = np.einsum('bh,kh->bk', Yb, W)
    E = np.exp(Zh - Zh.max(axis=-1, keepdims=True))
    P = E / E.sum(axis=-1, keepdims=True)
    d = (R - P) / len(X)
    g = np.einsum('bk,kh->bh', d, W[:, 1:]) * Y * (1 - Y)
    return np.einsum('bh,bd->hd', g, Xb), np.einsum('bk,bh->kh', d, Yb)


# 1 - y squared as slope whatever the activation is [right for the activation tanh]
def s07_tanh_slope(x, r, V, W, activation):
    xb = np.insert(np.atleast_2d(x), 0, 1, axis=1)
    t = np.atleast_2d(r)
    h = activation(xb @ V.T)
    hb = np.insert(h, 0, 1, axis=1)
    logits = hb @ W.T
    logits = logits - logits.max(axis=1, keepdims=True)
    probs = np.exp(logits)
    probs = probs / probs.sum(axis=1, keepdims=True)
    dlogits = (t - probs) / len(xb)
    dW = dlogits.T @ hb
    dh = (dlogits @ W)[:, 1:]
    dV = (dh * (1 - h ** 2)).T @ xb
    return dV, dW


# sums over the batch, never divides by the number of examples [only in a batch]
def s08_sum_not_mean(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    one = np.ones((X.shape[0], 1))
    X = np.hstack([one, X])
    Yh = X @ V.T
    Y = np.hstack([one, activation(Yh)])
    Zh = Y @ W.T
    Z = np.exp(Zh - Zh.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    delta = R - Z
    dW = delta.T @ Y
    dV = ((delta @ W[:, 1:]) * activation.derivative(Yh)).T @ X
    return dV, dW


# dV is divided by the batch size twice (delta was already divided) [only in a batch]
def s09_divided_twice(x, r, V, W, activation):
    if x.ndim == 1:
        x = x[np.newaxis]
        r = r[np.newaxis]
    N = x.shape[0]
    x_ = np.column_stack((np.ones(N), x))
    a = x_ @ V.T
    y_ = np.column_stack((np.ones(N), activation(a)))
    b = y_ @ W.T
    b -= b.max(axis=1, keepdims=True)
    z = np.exp(b)
    z /= z.sum(axis=1, keepdims=True)
    delta2 = (r - z) / N
    dW = delta2.T @ y_
    delta1 = delta2 @ W[:, 1:] * activation.derivative(a)
    dV = delta1.T @ x_ / N
    return dV, dW


# dW is the mean over the batch but dV only the sum [only in a batch]
def s10_mean_only_dW(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = 0, 0
    for i in range(len(X)):
        inp = np.r_[1, X[i]]
        net = V.dot(inp)
        hid = np.r_[1, activation(net)]
        o = W.dot(hid)
        p = np.exp(o - max(o)) / sum(np.exp(o - max(o)))
        e = R[i] - p
        dW = dW + e[:, None] * hid[None, :] / len(X)
        dV = dV + (e.dot(W[:, 1:]) * activation.derivative(net))[:, None] * inp[None, :]
    return dV, dW


# mean over all entries of r: divides by B*K instead of B
def s11_mean_over_all_entries(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    ones = np.ones((len(X), 1))
    X1 = np.append(ones, X, axis=1)
    S = X1 @ V.T
    Y1 = np.append(ones, activation(S), axis=1)
    T = Y1 @ W.T
    Z = np.exp(T - T.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    D = (R - Z) / R.size
    H = D @ W[:, 1:] * activation.derivative(S)
    return H.T @ X1, D.T @ Y1


# divides by len(x), which for a single example is the number of inputs [only for a single example]
def s12_len_of_single(x, r, V, W, activation):
    n = len(x)
    X = np.atleast_2d(x)
    R = np.atleast_2d(r)
    X1 = np.pad(X, ((0, 0), (1, 0)), constant_values=1)
    S = X1 @ V.T
    Y1 = np.pad(activation(S), ((0, 0), (1, 0)), constant_values=1)
    T = Y1 @ W.T
    Z = np.exp(T - T.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    delta = (R - Z) / n
    dW = delta.T @ Y1
    dV = (delta @ W[:, 1:] * activation.derivative(S)).T @ X1
    return dV, dW


# drops the last column of W instead of the bias column when going back
def s13_drops_last_column(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    y_hat = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(y_hat)])
    z_hat = Y1 @ W.T
    z = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    z = z / z.sum(axis=1, keepdims=True)
    delta = (R - z) / B
    delta_y = (delta @ W)[:, :-1] * activation.derivative(y_hat)
    return delta_y.T @ X1, delta.T @ Y1


# ones are put at the end of x and of y everywhere
def s14_ones_at_the_end(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([X, np.ones((B, 1))])
    y_hat = X1 @ V.T
    Y1 = np.hstack([activation(y_hat), np.ones((B, 1))])
    z_hat = Y1 @ W.T
    z = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    z = z / z.sum(axis=1, keepdims=True)
    delta = (R - z) / B
    delta_y = (delta @ W[:, :-1]) * activation.derivative(y_hat)
    return delta_y.T @ X1, delta.T @ Y1


# bias of dV ends up in the last column instead of column 0
def s15_dV_bias_last(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    bV, wV = V[:, 0], V[:, 1:]
    bW, wW = W[:, 0], W[:, 1:]
    s = X @ wV.T + bV
    y = activation(s)
    o = y @ wW.T + bW
    o = o - o.max(axis=1, keepdims=True)
    z = np.exp(o) / np.exp(o).sum(axis=1, keepdims=True)
    dz = (R - z) / B
    dy = dz @ wW * activation.derivative(s)
    dW = np.column_stack([dz.sum(axis=0), dz.T @ y])
    dV = np.column_stack([dy.T @ X, dy.sum(axis=0)])
    return dV, dW


# the bias column of dW stays zero
def s16_bias_of_dW_zero(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    s = X1 @ V.T
    y = activation(s)
    o = y @ W[:, 1:].T + W[:, 0]
    o = o - o.max(axis=1, keepdims=True)
    z = np.exp(o) / np.exp(o).sum(axis=1, keepdims=True)
    delta = (R - z) / B
    dW = np.zeros(W.shape)
    dW[:, 1:] = delta.T @ y
    dV = ((delta @ W[:, 1:]) * activation.derivative(s)).T @ X1
    return dV, dW


# softmax along axis 0 (over the examples instead of over the classes) [only in a batch]
def s17_softmax_axis0(x, r, V, W, activation):
    def softmax(t):
        e = np.exp(t - np.max(t))
        return e / np.sum(e, axis=0)
    if x.ndim == 1:
        x1 = np.hstack([1, x])
        s = V @ x1
        y1 = np.hstack([1, activation(s)])
        d = r - softmax(W @ y1)
        return np.outer(W[:, 1:].T @ d * activation.derivative(s), x1), np.outer(d, y1)
    o = np.ones((len(x), 1))
    x1 = np.hstack([o, x])
    s = x1 @ V.T
    y1 = np.hstack([o, activation(s)])
    d = (r - softmax(y1 @ W.T)) / len(x)
    return (d @ W[:, 1:] * activation.derivative(s)).T @ x1, d.T @ y1


# softmax divides by the sum over the whole batch (no axis) [only in a batch]
def s18_softmax_no_axis(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = X.shape[0]
    X = np.insert(X, 0, np.ones(B), axis=1)
    y_hat = np.matmul(X, V.T)
    Y = np.insert(activation(y_hat), 0, np.ones(B), axis=1)
    z_hat = np.matmul(Y, W.T)
    z = np.exp(z_hat) / np.sum(np.exp(z_hat))
    e = (R - z) / B
    dW = np.matmul(e.T, Y)
    dV = np.matmul((np.matmul(e, W[:, 1:]) * activation.derivative(y_hat)).T, X)
    return dV, dW


# forgets keepdims in the softmax sum [only in a batch; raises in a batch]
def s19_no_keepdims(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = X.shape[0]
    X1 = np.hstack([np.ones((B, 1)), X])
    y_hat = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(y_hat)])
    e = np.exp(Y1 @ W.T)
    z = e / e.sum(axis=1)
    delta = (R - z) / B
    dW = delta.T @ Y1
    delta = (delta @ W[:, 1:]) * activation.derivative(y_hat)
    return delta.T @ X1, dW


# both results are transposed
def s20_returns_transposed(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    s = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(s)]
    o = Y1 @ W.T
    p = np.exp(o - o.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    d2 = (R - p) / n
    d1 = d2 @ W[:, 1:] * activation.derivative(s)
    return X1.T @ d1, Y1.T @ d2


# goes back through W transposed where W itself is needed [raises]
def s21_W_transposed(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    s = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(s)]
    o = Y1 @ W.T
    p = np.exp(o - o.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    d2 = (R - p) / n
    d1 = np.dot(d2, W[:, 1:].T) * activation.derivative(s)
    return d1.T @ X1, d2.T @ Y1


# reshape instead of transpose to make dW fit
def s22_reshape_dW(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.concatenate((np.ones((n, 1)), X), axis=1)
    s = np.dot(X1, V.T)
    Y1 = np.concatenate((np.ones((n, 1)), activation(s)), axis=1)
    o = np.dot(Y1, W.T)
    p = np.exp(o - o.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    d2 = (R - p) / n
    d1 = np.dot(d2, W[:, 1:]) * activation.derivative(s)
    dV = np.dot(X1.T, d1).T
    dW = np.dot(Y1.T, d2).reshape(W.shape)
    return dV, dW


# returns (dW, dV) instead of (dV, dW)
def s23_swapped_return(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    ones = np.ones((B, 1))
    X = np.hstack((ones, X))
    y_hat = X @ V.T
    Y = np.hstack((ones, activation(y_hat)))
    z_hat = Y @ W.T
    z = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    z = z / z.sum(axis=1, keepdims=True)
    delta_z = (R - z) / B
    grad_W = delta_z.T @ Y
    delta_y = (delta_z @ W[:, 1:]) * activation.derivative(y_hat)
    grad_V = delta_y.T @ X
    return grad_W, grad_V


# subtracts the maximum of each column (axis 0) before exp, so every class is shifted differently
def s24_max_axis0(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    ones = np.ones((B, 1))
    X = np.hstack((ones, X))
    y_hat = X @ V.T
    Y = np.hstack((ones, activation(y_hat)))
    z_hat = Y @ W.T
    e = np.exp(z_hat - np.max(z_hat, axis=0))
    z = e / np.sum(e, axis=1, keepdims=True)
    delta_z = (R - z) / B
    delta_y = (delta_z @ W[:, 1:]) * activation.derivative(y_hat)
    return delta_y.T @ X, delta_z.T @ Y


# the bias column of dV is taken from delta before the gate [right for the activation identity]
def s25_bias_ungated(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = X.shape[0]
    net = X @ V[:, 1:].T + V[:, 0]
    Y = activation(net)
    o = Y @ W[:, 1:].T + W[:, 0]
    P = np.exp(o - o.max(1, keepdims=True))
    P /= P.sum(1, keepdims=True)
    delta = R - P
    dW = np.zeros_like(W)
    dW[:, 0] = delta.mean(axis=0)
    dW[:, 1:] = delta.T @ Y / B
    back = delta @ W[:, 1:]
    dV = np.zeros_like(V)
    dV[:, 0] = back.mean(axis=0)
    dV[:, 1:] = (back * activation.derivative(net)).T @ X / B
    return dV, dW


# the bias columns are summed while the weights are averaged [only in a batch]
def s26_bias_summed(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = X.shape[0]
    net = X @ V[:, 1:].T + V[:, 0]
    Y = activation(net)
    o = Y @ W[:, 1:].T + W[:, 0]
    P = np.exp(o - o.max(1, keepdims=True))
    P /= P.sum(1, keepdims=True)
    d2 = R - P
    d1 = d2 @ W[:, 1:] * activation.derivative(net)
    dW = np.hstack([np.sum(d2, axis=0)[:, None], d2.T @ Y / B])
    dV = np.hstack([np.sum(d1, axis=0)[:, None], d1.T @ X / B])
    return dV, dW


# forgets to add the bias of V in the forward pass
def s27_no_V_bias_forward(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    S = X @ V[:, 1:].T
    Y = activation(S)
    Y1 = np.hstack([np.ones((n, 1)), Y])
    T = Y1 @ W.T
    Z = np.exp(T - T.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    D = (R - Z) / n
    G = D @ W[:, 1:] * activation.derivative(S)
    X1 = np.hstack([np.ones((n, 1)), X])
    return G.T @ X1, D.T @ Y1


# np.outer with the arguments the wrong way round for dW
def s28_outer_reversed(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    gV, gW = [], []
    for a, t in zip(X, R):
        a = np.array([1, *a])
        s = V @ a
        y = np.array([1, *activation(s)])
        o = W @ y
        p = np.exp(o) / np.exp(o).sum()
        d = t - p
        gW.append(np.outer(y, d))
        gV.append(np.outer((d @ W)[1:] * activation.derivative(s), a))
    return sum(gV) / len(X), sum(gW) / len(X)


# reshapes the batch to columns instead of transposing it [only in a batch]
def s29_reshape_batch(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B, D = X.shape
    cols = X.reshape(D, B)
    targets = R.T
    A = np.vstack([np.ones((1, B)), cols])
    S = V @ A
    Y = np.vstack([np.ones((1, B)), activation(S)])
    O = W @ Y
    P = np.exp(O - O.max(axis=0))
    P = P / P.sum(axis=0)
    delta = (targets - P) / B
    dW = delta @ Y.T
    dV = (W[:, 1:].T @ delta * activation.derivative(S)) @ A.T
    return dV, dW


# mean over axis 1 (the classes or units) instead of axis 0 (the examples) of the stacked outer products
def s30_mean_axis1(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    P = np.exp(O - O.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    d = R - P
    h = d @ W[:, 1:] * activation.derivative(S)
    dW = np.mean(d[:, :, None] * Y1[:, None, :], axis=1)
    dV = np.mean(h[:, :, None] * X1[:, None, :], axis=1)
    return dV, dW


# the ones column goes through the activation too, so the bias input of W is activation(1) [right for the activation relu, identity]
def s31_bias_through_activation(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = activation(np.hstack([np.ones((B, 1)), S]))
    O = Y1 @ W.T
    P = np.exp(O - O.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    d = (R - P) / B
    h = d @ W[:, 1:] * activation.derivative(S)
    return h.T @ X1, d.T @ Y1


# steps W first and sends the error back through the new W
def s32_uses_new_W(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    P = np.exp(O - O.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    d = (R - P) / B
    dW = d.T @ Y1
    W = W + dW
    h = d @ W[:, 1:] * activation.derivative(S)
    dV = h.T @ X1
    return dV, dW


# dW uses the sum y_hat instead of the output y [right for the activation identity]
def s33_sum_in_dW(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    add = lambda m: np.hstack([np.ones((B, 1)), m])
    y_hat = add(X) @ V.T
    y = activation(y_hat)
    z_hat = add(y) @ W.T
    z = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    z = z / z.sum(axis=1, keepdims=True)
    d = (R - z) / B
    dW = d.T @ add(y_hat)
    dV = (d @ W[:, 1:] * activation.derivative(y_hat)).T @ add(X)
    return dV, dW


# error is r - z_hat, the softmax is forgotten
def s34_no_softmax(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    add = lambda m: np.hstack([np.ones((B, 1)), m])
    y_hat = add(X) @ V.T
    y = activation(y_hat)
    z_hat = add(y) @ W.T
    d = (R - z_hat) / B
    dW = d.T @ add(y)
    dV = (d @ W[:, 1:] * activation.derivative(y_hat)).T @ add(X)
    return dV, dW


# delta multiplied by z * (1 - z), as for squared error with sigmoid outputs
def s35_output_slope_too(x, r, V, W, activation):
    class Net:
        def __init__(self, V, W):
            self.V, self.W = V, W

        def forward(self, x):
            self.x = np.r_[1., x]
            self.y_hat = self.V @ self.x
            self.y = np.r_[1., activation(self.y_hat)]
            z_hat = self.W @ self.y
            e = np.exp(z_hat - z_hat.max())
            self.z = e / e.sum()

        def grads(self, r):
            delta = (r - self.z) * self.z * (1 - self.z)
            hidden = (self.W.T @ delta)[1:] * activation.derivative(self.y_hat)
            return np.outer(hidden, self.x), np.outer(delta, self.y)

    net = Net(V, W)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    for a, b in zip(X, R):
        net.forward(a)
        gv, gw = net.grads(b)
        dV += gv / len(X)
        dW += gw / len(X)
    return dV, dW


# gradient of the squared error through the softmax instead of the cross-entropy
def s36_squared_error(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = np.zeros_like(V), np.zeros_like(W)
    for a, b in zip(X, R):
        a = np.insert(a, 0, 1)
        s = V @ a
        y = np.insert(activation(s), 0, 1)
        o = W @ y
        z = np.exp(o - o.max()) / np.exp(o - o.max()).sum()
        J = np.diag(z) - np.outer(z, z)
        delta = J @ (b - z)
        dW += np.outer(delta, y)
        dV += np.outer(W[:, 1:].T @ delta * activation.derivative(s), a)
    return dV / len(X), dW / len(X)


# stops at r / z, the softmax jacobian is forgotten
def s37_r_over_z(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.c_[np.ones(B), X]
    S = X1 @ V.T
    Y1 = np.c_[np.ones(B), activation(S)]
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    dZ = R / Z / B
    dS = dZ @ W[:, 1:] * activation.derivative(S)
    return dS.T @ X1, dZ.T @ Y1


# only the diagonal of the softmax jacobian: delta = r * (1 - z)
def s38_diagonal_jacobian(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.c_[np.ones(B), X]
    S = X1 @ V.T
    Y1 = np.c_[np.ones(B), activation(S)]
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    dE_dz = R / Z
    dz_do = Z * (1 - Z)
    d = dE_dz * dz_do / B
    return (d @ W[:, 1:] * activation.derivative(S)).T @ X1, d.T @ Y1


# softmax is applied twice
def s39_softmax_twice(x, r, V, W, activation):
    def softmax(t):
        t = np.exp(t - t.max(axis=-1, keepdims=True))
        return t / t.sum(axis=-1, keepdims=True)

    def forward(X):
        X1 = np.c_[np.ones(len(X)), X]
        S = X1 @ V.T
        Y1 = np.c_[np.ones(len(X)), activation(S)]
        return X1, S, Y1, softmax(Y1 @ W.T)

    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1, S, Y1, out = forward(X)
    d = (R - softmax(out)) / len(X)
    return (d @ W[:, 1:] * activation.derivative(S)).T @ X1, d.T @ Y1


# max is subtracted above but not below in the softmax
def s40_max_only_above(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.c_[np.ones(B), X]
    S = X1 @ V.T
    Y1 = np.c_[np.ones(B), activation(S)]
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True)) / np.exp(O).sum(axis=1, keepdims=True)
    d = (R - Z) / B
    return (d @ W[:, 1:] * activation.derivative(S)).T @ X1, d.T @ Y1


# the loop over the classes stops one early when the error goes back to the hidden units
def s41_last_class_skipped(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B, K, H = len(X), W.shape[0], V.shape[0]
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(B):
        xb = np.concatenate([[1.0], X[b]])
        s = V @ xb
        yb = np.concatenate([[1.0], activation(s)])
        o = W @ yb
        z = np.exp(o - o.max())
        z = z / z.sum()
        slope = activation.derivative(s)
        for k in range(K):
            for j in range(H + 1):
                dW[k, j] += (R[b, k] - z[k]) * yb[j] / B
        for h in range(H):
            total = 0.0
            for k in range(K - 1):
                total += (R[b, k] - z[k]) * W[k, h + 1]
            for d in range(len(xb)):
                dV[h, d] += total * slope[h] * xb[d] / B
    return dV, dW


# the loop back over the hidden units starts at 0, the bias, so index h - 1 = -1 adds the bias's share to the last unit
def s42_minus_one_wraps(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for n in range(B):
        inp = [1.0] + list(X[n])
        net = np.array([sum(V[h, i] * inp[i] for i in range(len(inp))) for h in range(len(V))])
        out = [1.0] + list(activation(net))
        logit = [sum(W[k, j] * out[j] for j in range(len(out))) for k in range(len(W))]
        top = max(logit)
        ex = [np.exp(l - top) for l in logit]
        err = [R[n, k] - ex[k] / sum(ex) for k in range(len(W))]
        g = activation.derivative(net)
        for k in range(len(W)):
            for j in range(len(out)):
                dW[k, j] += err[k] * out[j] / B
        for h in range(len(out)):
            back = sum(err[k] * W[k, h] for k in range(len(W)))
            for i in range(len(inp)):
                dV[h - 1, i] += back * g[h - 1] * inp[i] / B
    return dV, dW


# = instead of +=, only the last example counts [only in a batch]
def s43_overwrites(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV = np.zeros_like(V)
    dW = np.zeros_like(W)
    for i in range(X.shape[0]):
        a = np.append(1, X[i])
        s = V @ a
        y = np.append(1, activation(s))
        o = W @ y
        z = np.exp(o - o.max())
        z /= z.sum()
        d = R[i] - z
        dW = np.outer(d, y)
        dV = np.outer(W[:, 1:].T @ d * activation.derivative(s), a)
    return dV / X.shape[0], dW / X.shape[0]


# return is indented too far: leaves after the first example [only in a batch]
def s44_returns_in_loop(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    sum_V = np.zeros_like(V)
    sum_W = np.zeros_like(W)
    count = 0
    for a, t in zip(X, R):
        a = np.append(1, a)
        s = V @ a
        y = np.append(1, activation(s))
        o = W @ y
        z = np.exp(o - o.max())
        z /= z.sum()
        d = t - z
        sum_W += np.outer(d, y)
        sum_V += np.outer(W[:, 1:].T @ d * activation.derivative(s), a)
        count += 1
        return sum_V / count, sum_W / count


# the hidden delta is not set back to zero for the next example [only in a batch]
def s45_delta_not_reset(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    dV = np.zeros_like(V)
    dW = np.zeros_like(W)
    back = np.zeros(len(V))
    for a, t in zip(X, R):
        a = np.append(1, a)
        s = V @ a
        y = np.append(1, activation(s))
        o = W @ y
        z = np.exp(o - o.max())
        z /= z.sum()
        for k in range(len(t)):
            dW[k] += (t[k] - z[k]) * y / n
            back += (t[k] - z[k]) * W[k, 1:]
        dV += np.outer(back * activation.derivative(s), a) / n
    return dV, dW


# treats the soft targets as one-hot: takes argmax of r and uses only that class
def s46_argmax_target(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    delta = -Z
    delta[np.arange(B), R.argmax(axis=1)] += 1
    delta = delta / B
    return (delta @ W[:, 1:] * activation.derivative(S)).T @ X1, delta.T @ Y1


# y is overwritten in place by the gate before dW is computed
def s47_y_overwritten(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y = np.array(activation(S))
    T = Y @ W[:, 1:].T + W[:, 0]
    Z = np.exp(T - T.max(axis=1, keepdims=True))
    Z /= Z.sum(axis=1, keepdims=True)
    delta = (R - Z) / B
    Y[:] = activation.derivative(S)
    dV = (delta @ W[:, 1:] * Y).T @ X1
    dW = delta.T @ np.hstack([np.ones((B, 1)), Y])
    return dV, dW


# the output delta gets the hidden activation's slope at z_hat too [right for the activation identity]
def s48_gate_on_output(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    inputs = [X]
    sums = []
    for M in (V, W):
        a = np.hstack([np.ones((B, 1)), inputs.pop()])
        inputs.append(a)
        s = a @ M.T
        sums.append(s)
        inputs.append(activation(s))
    Z = np.exp(sums[1] - sums[1].max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    d2 = (R - Z) * activation.derivative(sums[1]) / B
    d1 = d2 @ W[:, 1:] * activation.derivative(sums[0])
    return d1.T @ inputs[0], d2.T @ inputs[1]


# averages delta and the inputs over the batch before multiplying (product of means) [only in a batch]
def s49_product_of_means(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    d2 = R - Z
    d1 = d2 @ W[:, 1:] * activation.derivative(S)
    dW = np.outer(d2.mean(axis=0), Y1.mean(axis=0))
    dV = np.outer(d1.mean(axis=0), X1.mean(axis=0))
    return dV, dW


# slope at the error that comes back instead of at y_hat [right for the activation identity]
def s50_slope_of_error(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    delta = (R - Z) / B
    back = np.tensordot(delta, W[:, 1:], axes=(1, 0))
    back = back * activation.derivative(back)
    return np.tensordot(back, X1, axes=(0, 0)), np.tensordot(delta, Y1, axes=(0, 0))


# gate has one entry too many (bias included) and the last row of dV is cut off instead of the first
def s51_gate_shifted(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = np.hstack([np.ones((B, 1)), X1 @ V.T])
    Y1 = activation(S)
    Y1[:, 0] = 1
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    delta = (R - Z) / B
    hidden = delta @ W * activation.derivative(S)
    dV = (hidden.T @ X1)[:V.shape[0]]
    return dV, delta.T @ Y1


# einsum with a different letter for the batch in y and x, so examples are mixed [only in a batch]
def s52_einsum_letters(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = np.einsum('ni,hi->nh', X1, V)
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = np.einsum('nh,kh->nk', Y1, W)
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / np.einsum('nk->n', Z)[:, None]
    delta = (R - Z) / B
    hidden = np.einsum('nk,kh,nh->nh', delta, W[:, 1:], activation.derivative(S))
    return np.einsum('nh,mi->hi', hidden, X1), np.einsum('nk,mh->kh', delta, Y1)


# zip stops at the shorter list: no 1 in front of x, so the bias weight meets x[0]
def s53_zip_too_short(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for a, t in zip(X, R):
        s = np.array([sum(v * i for v, i in zip(row, a)) for row in V])
        y = [1.0] + list(activation(s))
        o = np.array([sum(w * i for w, i in zip(row, y)) for row in W])
        z = np.exp(o - o.max())
        z = z / z.sum()
        d = t - z
        dW += np.outer(d, y) / B
        hid = (d @ W)[1:] * activation.derivative(s)
        dV += np.outer(hid, [1.0] + list(a)) / B
    return dV, dW


# the bias of dV is written to column 0 and then overwritten by the first input
def s54_bias_overwritten(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B, D = X.shape
    S = X @ V[:, 1:].T + V[:, 0]
    Y = activation(S)
    O = Y @ W[:, 1:].T + W[:, 0]
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    d2 = (R - Z) / B
    d1 = d2 @ W[:, 1:] * activation.derivative(S)
    dW = np.zeros(W.shape)
    dV = np.zeros(V.shape)
    dW[:, 0] = d2.sum(axis=0)
    for h in range(Y.shape[1]):
        dW[:, h + 1] = d2.T @ Y[:, h]
    dV[:, 0] = d1.sum(axis=0)
    for d in range(D):
        dV[:, d] = d1.T @ X[:, d]
    return dV, dW


# binary cross-entropy: the (1 - r) log(1 - z) terms are added
def s55_binary_cross_entropy(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = np.zeros_like(V), np.zeros_like(W)
    for a, t in zip(X, R):
        a = np.append([1.], a)
        s = V @ a
        y = np.append([1.], activation(s))
        o = W @ y
        z = np.exp(o - o.max())
        z = z / z.sum()
        dEdz = -t / z + (1 - t) / (1 - z)
        J = np.diag(z) - np.outer(z, z)
        d = -J.T @ dEdz
        dW += np.outer(d, y)
        dV += np.outer(W[:, 1:].T @ d * activation.derivative(s), a)
    return dV / len(X), dW / len(X)


# numerical gradient that forgets to put each weight back after nudging it (and nudges by 0.05)
def s56_nudge_not_undone(x, r, V, W, activation):
    def loss(V, W):
        X, R = np.atleast_2d(x), np.atleast_2d(r)
        S = X @ V[:, 1:].T + V[:, 0]
        O = activation(S) @ W[:, 1:].T + W[:, 0]
        O = O - O.max(axis=1, keepdims=True)
        return -np.mean(np.sum(R * (O - np.log(np.exp(O).sum(axis=1, keepdims=True))), axis=1))

    V, W = V.astype(float).copy(), W.astype(float).copy()
    h = 0.05
    grads = []
    for M in (V, W):
        G = np.zeros_like(M)
        for i in range(M.shape[0]):
            for j in range(M.shape[1]):
                before = loss(V, W)
                M[i, j] += h
                G[i, j] = -(loss(V, W) - before) / h
        grads.append(G)
    return grads[0], grads[1]


# central difference divided by h instead of 2h
def s57_central_half(x, r, V, W, activation):
    def loss(theta):
        v = theta[:V.size].reshape(V.shape)
        w = theta[V.size:].reshape(W.shape)
        X, R = np.atleast_2d(x), np.atleast_2d(r)
        y = activation(X @ v[:, 1:].T + v[:, 0])
        o = y @ w[:, 1:].T + w[:, 0]
        logp = o - np.log(np.sum(np.exp(o), axis=1, keepdims=True))
        return -(R * logp).sum(axis=1).mean()

    theta = np.concatenate([V.ravel(), W.ravel()])
    h = 1e-5
    g = np.array([(loss(theta + h * e) - loss(theta - h * e)) / h for e in np.eye(theta.size)])
    return -g[:V.size].reshape(V.shape), -g[V.size:].reshape(W.shape)


# recursion over the batch averages the first example with the mean of the rest half and half [only in a batch]
def s58_recursive_mean(x, r, V, W, activation):
    if x.ndim == 1:
        a = np.append(1., x)
        s = V @ a
        y = np.append(1., activation(s))
        o = W @ y
        z = np.exp(o - o.max())
        d = r - z / z.sum()
        return np.outer((d @ W)[1:] * activation.derivative(s), a), np.outer(d, y)
    if len(x) == 1:
        return s58_recursive_mean(x[0], r[0], V, W, activation)
    v1, w1 = s58_recursive_mean(x[0], r[0], V, W, activation)
    v2, w2 = s58_recursive_mean(x[1:], r[1:], V, W, activation)
    return (v1 + v2) / 2, (w1 + w2) / 2


# a learning rate of 0.1 is left in the result
def s59_learning_rate(x, r, V, W, activation):
    eta = 0.1
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    d2 = (R - Z) / B
    d1 = d2 @ W[:, 1:] * activation.derivative(S)
    return eta * d1.T @ X1, eta * d2.T @ Y1


# a single example is turned into a column, so it looks like D examples [only for a single example; raises for a single example]
def s60_single_as_column(x, r, V, W, activation):
    if x.ndim == 1:
        x = x[:, np.newaxis]
        r = r[:, np.newaxis]
    B = x.shape[0]
    X1 = np.hstack([np.ones((B, 1)), x])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    d2 = (r - Z) / B
    d1 = d2 @ W[:, 1:] * activation.derivative(S)
    return d1.T @ X1, d2.T @ Y1


# -------------------- BACKWARD_PAIRS


# wrong sign for both + no gate
def p01_sign_and_no_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    d = (Z - R) / B
    return (d @ W[:, 1:]).T @ X1, d.T @ Y1


# slope at the output y + sum instead of mean over the batch [single: right for the activation relu, identity; in a single example only the first mistake shows]
def p02_slope_at_y_and_sum(x, r, V, W, activation):
    dV = np.zeros(V.shape)
    dW = np.zeros(W.shape)
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    for i in range(len(X)):
        a = np.concatenate([[1], X[i]])
        y = activation(V @ a)
        y1 = np.concatenate([[1], y])
        o = W @ y1
        p = np.exp(o - o.max())
        p /= p.sum()
        err = R[i] - p
        dW += np.outer(err, y1)
        dV += np.outer((err @ W[:, 1:]) * activation.derivative(y), a)
    return dV, dW


# softmax over the whole batch + last column of W dropped instead of the bias [in a single example only the second mistake shows]
def p03_no_axis_and_last_column(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.c_[np.ones(B), X]
    S = X1.dot(V.T)
    Y1 = np.c_[np.ones(B), activation(S)]
    E = np.exp(Y1.dot(W.T))
    Z = E / E.sum()
    d2 = (R - Z) / B
    d1 = d2.dot(W[:, :-1]) * activation.derivative(S)
    return d1.T.dot(X1), d2.T.dot(Y1)


# returns (dW, dV) in the wrong order + both with the sign of the gradient [the sign shows only after the order is put right, or when the sizes happen to fit]
def p04_swapped_and_sign(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.insert(X, 0, 1, axis=1)
    S = X1 @ V.T
    Y1 = np.insert(activation(S), 0, 1, axis=1)
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    d2 = (Z - R) / B
    d1 = d2 @ W[:, 1:] * activation.derivative(S)
    return d2.T @ Y1, d1.T @ X1


# ones at the end of x and y in the forward pass + y(1-y) as slope
def p05_ones_end_and_sigmoid_slope(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([X, np.ones((B, 1))])
    Y = activation(X1 @ V.T)
    Y1 = np.hstack([Y, np.ones((B, 1))])
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    d2 = (R - Z) / B
    d1 = d2 @ W[:, :-1] * Y * (1 - Y)
    return d1.T @ X1, d2.T @ Y1


# divides by the number of classes instead of the batch + bias column of dV left zero
def p06_over_K_and_no_dV_bias(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.hstack([np.ones((len(X), 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((len(X), 1)), activation(S)])
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    d2 = (R - Z) / R.shape[1]
    d1 = d2 @ W[:, 1:] * activation.derivative(S)
    dV = np.zeros_like(V)
    dV[:, 1:] = d1.T @ X
    return dV, d2.T @ Y1


# stepped W used for going back + gate missing
def p07_new_W_and_no_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    Y1 = np.hstack([np.ones((B, 1)), activation(X1 @ V.T)])
    O = Y1 @ W.T
    Z = np.exp(O - O.max(axis=1, keepdims=True))
    Z = Z / Z.sum(axis=1, keepdims=True)
    delta = (R - Z) / B
    dW = delta.T @ Y1
    W_new = W + dW
    dV = (delta @ W_new[:, 1:]).T @ X1
    return dV, dW


# sigmoid outputs instead of softmax + wrong sign of dV
def p08_sigmoid_outputs_and_dV_sign(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    Z = 1 / (1 + np.exp(-(Y1 @ W.T)))
    delta = (R - Z) / B
    dW = delta.T @ Y1
    dV = -(delta @ W[:, 1:] * activation.derivative(S)).T @ X1
    return dV, dW


# the gate of the first example is used for the whole batch + dV has its bias in the last column [in a single example only the second mistake shows]
def p09_first_gate_and_bias_last(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    S = X @ V[:, 1:].T + V[:, 0]
    Y = activation(S)
    O = Y @ W[:, 1:].T + W[:, 0]
    P = np.exp(O - O.max(axis=1)[:, None])
    P = P / P.sum(axis=1)[:, None]
    d = (R - P) / B
    g = d @ W[:, 1:] * activation.derivative(S[0])
    dW = np.hstack([d.sum(0)[:, None], d.T @ Y])
    dV = np.hstack([g.T @ X, g.sum(0)[:, None]])
    return dV, dW


# only the last example counts (= for +=) + gate applied twice [single: right for the activation relu, identity; in a single example only the second mistake shows]
def p10_overwrite_and_double_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    for a, t in zip(X, R):
        a = np.append(1, a)
        s = V @ a
        y = np.append(1, activation(s))
        o = W @ y
        z = np.exp(o - o.max())
        z /= z.sum()
        d = t - z
        slope = activation.derivative(s)
        hidden = (W[:, 1:] * slope).T @ d
        hidden = hidden * slope
        dW = np.outer(d, y)
        dV = np.outer(hidden, a)
    return dV, dW


# both outer products the wrong way round + sum over the batch [in a single example only the first mistake shows]
def p11_outer_reversed_and_sum(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = 0, 0
    for a, t in zip(X, R):
        a = np.append(1, a)
        s = np.dot(V, a)
        y = np.append(1, activation(s))
        o = np.dot(W, y)
        z = np.exp(o) / np.sum(np.exp(o))
        d = t - z
        h = np.dot(W.T, d)[1:] * activation.derivative(s)
        dW = dW + np.outer(y, d)
        dV = dV + np.outer(a, h)
    return dV, dW


# delta times z(1-z) + divides by B twice in dV [in a single example only the first mistake shows]
def p12_output_slope_and_twice_B(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = len(X)
    A0 = np.c_[np.ones(m), X]
    N1 = A0 @ V.T
    A1 = np.c_[np.ones(m), activation(N1)]
    N2 = A1 @ W.T
    A2 = np.exp(N2 - N2.max(axis=1, keepdims=True))
    A2 = A2 / A2.sum(axis=1, keepdims=True)
    S2 = (R - A2) * A2 * (1 - A2) / m
    S1 = S2 @ W[:, 1:] * activation.derivative(N1)
    return S1.T @ A0 / m, S2.T @ A1


# no bias added in either forward layer + sign of dW wrong
def p13_no_biases_and_dW_sign(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    S = X @ V[:, 1:].T
    Y = activation(S)
    O = Y @ W[:, 1:].T
    P = np.exp(O - O.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    ones = np.ones((B, 1))
    dW = (P - R).T @ np.hstack([ones, Y]) / B
    dV = ((R - P) @ W[:, 1:] * activation.derivative(S)).T @ np.hstack([ones, X]) / B
    return dV, dW


# reshape instead of transpose for both matrices + softmax max over axis 0
def p14_reshape_and_max_axis0(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    P = np.exp(O - O.max(axis=0))
    P = P / P.sum(axis=1, keepdims=True)
    d2 = (R - P) / B
    d1 = d2 @ W[:, 1:] * activation.derivative(S)
    return (X1.T @ d1).reshape(V.shape), (Y1.T @ d2).reshape(W.shape)


# goes back through V instead of W + no gate [runs only where K = H, and fits only where D = H too; raises]
def p15_V_for_W_and_no_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    P = np.exp(O - O.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    d = (R - P) / B
    dW = d.T @ Y1
    dV = (d @ V[:, 1:]).T @ X1
    return dV, dW


# weight decay is added + the mean runs over all entries of r
def p16_decay_and_mean_all(x, r, V, W, activation):
    lam = 0.01
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    P = np.exp(O - O.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    d = (R - P) / R.size
    h = d @ W[:, 1:] * activation.derivative(S)
    return h.T @ X1 - lam * V, d.T @ Y1 - lam * W


# the slope of tanh is assumed and taken at the sum: 1 - y_hat**2 + returns the ascent direction for V only
def p17_tanh_at_sum_and_dV_sign(x, r, V, W, activation):
    if x.ndim == 1:
        x, r = x.reshape(1, -1), r.reshape(1, -1)
    xb = np.insert(x, 0, 1, axis=1)
    y_hat = xb @ V.T
    yb = np.insert(activation(y_hat), 0, 1, axis=1)
    z_hat = yb @ W.T
    z = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    z /= z.sum(axis=1, keepdims=True)
    delta = (r - z) / len(x)
    step_V = -((1 - y_hat ** 2) * (delta @ W[:, 1:])).T @ xb
    step_W = delta.T @ yb
    return step_V, step_W


# perceptron rule: target minus the winner class + the sum over the batch [in a single example only the first mistake shows]
def p18_winner_and_sum(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.array([[1, *row] for row in X])
    S = X1 @ V.T
    Y1 = np.array([[1, *row] for row in activation(S)])
    O = Y1 @ W.T
    winner = np.eye(W.shape[0])[np.argmax(O, axis=1)]
    d = R - winner
    h = d @ W[:, 1:] * activation.derivative(S)
    return h.T @ X1, d.T @ Y1


# y_hat in place of y in dW + bias column of dW without the mean [single: right for the activation identity; in a single example only the first mistake shows]
def p19_sum_in_dW_and_bias_sum(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    y_hat = X1 @ V.T
    y = activation(y_hat)
    z_hat = y @ W[:, 1:].T + W[:, 0]
    z = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    z = z / z.sum(axis=1, keepdims=True)
    delta = r - z if r.ndim == 2 else r[None] - z
    dW = np.zeros_like(W)
    dW[:, 1:] = np.einsum('bk,bh->kh', delta, y_hat) / B
    dW[:, 0] = delta.sum(axis=0)
    dV = np.einsum('bk,kh,bh,bd->hd', delta, W[:, 1:], activation.derivative(y_hat), X1) / B
    return dV, dW


# loops over range(1, H) so hidden unit 0 gets nothing + the gate is activation() and not its derivative
def p20_skips_unit_and_activation_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B, H, K = len(X), V.shape[0], W.shape[0]
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(B):
        a = np.append(1, X[b])
        s = V @ a
        y = np.append(1, activation(s))
        o = W @ y
        z = np.exp(o - o.max())
        z = z / z.sum()
        gate = activation(s)
        for k in range(K):
            e = R[b, k] - z[k]
            dW[k] += e * y / B
            for h in range(1, H):
                dV[h] += e * W[k, h + 1] * gate[h] * a / B
    return dV, dW


# bias dropped from the rows of W instead of the columns + keepdims forgotten [raises]
def p21_rows_of_W_and_keepdims(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    E = np.exp(Y1 @ W.T)
    P = E / E.sum(axis=1)
    d = (R - P) / B
    h = d @ W[1:] * activation.derivative(S)
    return h.T @ X1, d.T @ Y1


# hidden delta averaged over the batch before the gate + wrong sign for both [in a single example only the second mistake shows]
def p22_mean_delta_and_sign(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    P = np.exp(O - O.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    err = P - R
    dW = err.T @ Y1 / B
    back = np.mean(err @ W[:, 1:], axis=0)
    dV = (back * activation.derivative(S)).T @ X1 / B
    return dV, dW


# r / z without the softmax jacobian + the error goes back ungated to the bias of V
def p23_r_over_z_and_bias_ungated(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    S = X @ V[:, 1:].T + V[:, 0]
    Y = activation(S)
    O = Y @ W[:, 1:].T + W[:, 0]
    P = np.exp(O - O.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    d = R / P
    back = d @ W[:, 1:]
    dW = np.column_stack((d.mean(axis=0), d.T @ Y / B))
    dV = np.column_stack((back.mean(axis=0), (back * activation.derivative(S)).T @ X / B))
    return dV, dW


# absolute error |r - z| + dV is the transpose
def p24_absolute_and_transposed_dV(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    P = np.exp(O - O.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    error = np.abs(R - P) / B
    h = error @ W[:, 1:] * activation.derivative(S)
    return X1.T @ h, error.T @ Y1


# -------------------- BACKWARD_RIGHT


# right: textbook matrices, log-sum-exp softmax
def r01_logsumexp(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    O = Y1 @ W.T
    top = O.max(axis=1, keepdims=True)
    lse = top + np.log(np.sum(np.exp(O - top), axis=1, keepdims=True))
    delta = (R - np.exp(O - lse)) / B
    dV = (activation.derivative(S) * (delta @ W[:, 1:])).T @ X1
    return dV, delta.T @ Y1


# right: nothing but loops and lists
def r02_only_loops(x, r, V, W, activation):
    xs = [x] if x.ndim == 1 else list(x)
    rs = [r] if r.ndim == 1 else list(r)
    H, D1 = V.shape
    K, H1 = W.shape
    dV = [[0.0] * D1 for _ in range(H)]
    dW = [[0.0] * H1 for _ in range(K)]
    for xi, ri in zip(xs, rs):
        inp = [1.0] + [float(v) for v in xi]
        sums = []
        for h in range(H):
            acc = 0.0
            for d in range(D1):
                acc += V[h, d] * inp[d]
            sums.append(acc)
        sums = np.array(sums)
        hid = [1.0] + [float(v) for v in activation(sums)]
        slope = activation.derivative(sums)
        logit = []
        for k in range(K):
            acc = 0.0
            for j in range(H1):
                acc += W[k, j] * hid[j]
            logit.append(acc)
        top = max(logit)
        ex = [math.exp(l - top) for l in logit]
        tot = math.fsum(ex)
        err = [ri[k] - ex[k] / tot for k in range(K)]
        for k in range(K):
            for j in range(H1):
                dW[k][j] += err[k] * hid[j] / len(xs)
        for h in range(H):
            back = 0.0
            for k in range(K):
                back += err[k] * W[k, h + 1]
            for d in range(D1):
                dV[h][d] += back * slope[h] * inp[d] / len(xs)
    return np.array(dV), np.array(dW)


# right: columns are the examples, everything transposed, and the sign put in at the end
def r03_columns(x, r, V, W, activation):
    X = np.atleast_2d(x).T
    R = np.atleast_2d(r).T
    B = X.shape[1]
    X1 = np.vstack([np.ones((1, B)), X])
    S = V @ X1
    Y1 = np.vstack([np.ones((1, B)), activation(S)])
    O = W @ Y1
    E = np.exp(O - O.max(axis=0))
    d2 = E / E.sum(axis=0) - R
    d1 = W[:, 1:].T @ d2 * activation.derivative(S)
    return -(d1 @ X1.T) / B, -(d2 @ Y1.T) / B


# right: central finite differences of the loss on a flat parameter vector
def r04_finite_differences(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)

    def loss(theta):
        v = theta[:V.size].reshape(V.shape)
        w = theta[V.size:].reshape(W.shape)
        y = activation(X @ v[:, 1:].T + v[:, 0])
        o = y @ w[:, 1:].T + w[:, 0]
        o = o - o.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(o).sum(axis=1)) - (R * o).sum(axis=1))

    theta = np.concatenate([V.ravel(), W.ravel()]).astype(float)
    h = 1e-5
    g = np.array([(loss(theta - h * e) - loss(theta + h * e)) / (2 * h) for e in np.eye(theta.size)])
    return g[:V.size].reshape(V.shape), g[V.size:].reshape(W.shape)


# right: complex step through the output layer, chain rule for the hidden layer
def r05_complex_step(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.hstack([np.ones((B, 1)), X])
    S = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(S)])
    h = 1e-30

    def E(y1, w):
        o = y1 @ w.T
        o = o - o.real.max(axis=1, keepdims=True)
        return np.sum(np.log(np.exp(o).sum(axis=1)) - (R * o).sum(axis=1)) / B

    dW = np.zeros(W.shape)
    for idx in np.ndindex(*W.shape):
        w = W.astype(complex)
        w[idx] += 1j * h
        dW[idx] = -E(Y1, w).imag / h
    dY = np.zeros(S.shape)
    for b, j in np.ndindex(*S.shape):
        y = Y1.astype(complex)
        y[b, j + 1] += 1j * h
        dY[b, j] = -E(y, W).imag / h
    dV = (dY * activation.derivative(S)).T @ X1
    return dV, dW


# right: forward mode with dual numbers (value, tangent) as a small class
def r06_dual_numbers(x, r, V, W, activation):
    class Dual:
        def __init__(self, val, dot):
            self.val, self.dot = val, dot

        def affine(self, other):
            # self: (B, n) activations, other: weights (m, n+1), bias first
            val = self.val @ other.val[:, 1:].T + other.val[:, 0]
            dot = (self.dot @ other.val[:, 1:].T + self.val @ other.dot[:, 1:].T
                   + other.dot[:, 0])
            return Dual(val, dot)

        def act(self):
            return Dual(activation(self.val), activation.derivative(self.val) * self.dot)

        def cross_entropy(self, R):
            e = np.exp(self.val - self.val.max(axis=1, keepdims=True))
            p = e / e.sum(axis=1, keepdims=True)
            return np.mean(np.sum((p - R) * self.dot, axis=1))

    X, R = np.atleast_2d(x), np.atleast_2d(r)
    inp = Dual(X, np.zeros_like(X, dtype=float))
    out = []
    for which in (0, 1):
        M = (V, W)[which]
        G = np.empty(M.shape)
        for i in range(M.shape[0]):
            for j in range(M.shape[1]):
                tv, tw = np.zeros(V.shape), np.zeros(W.shape)
                (tv, tw)[which][i, j] = 1
                G[i, j] = -inp.affine(Dual(V, tv)).act().affine(Dual(W, tw)).cross_entropy(R)
        out.append(G)
    return out[0], out[1]


# right: one big einsum per matrix
def r07_einsum(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = X.shape[0]
    Xa = np.pad(X.astype(float), ((0, 0), (1, 0)), constant_values=1.0)
    S = np.einsum('nd,hd->nh', Xa, V)
    Ya = np.pad(activation(S), ((0, 0), (1, 0)), constant_values=1.0)
    O = np.einsum('nh,kh->nk', Ya, W)
    O = O - O.max(axis=1, keepdims=True)
    P = np.exp(O)
    P = P / np.einsum('nk->n', P)[:, np.newaxis]
    dW = np.einsum('nk,nh->kh', R - P, Ya) / B
    dV = np.einsum('nk,kh,nh,nd->hd', R - P, W[:, 1:], activation.derivative(S), Xa) / B
    return dV, dW


# right: computed in float32 inside (agrees to about 1e-6 of the size of the delta, at worst some 1e-5 relative)
def r08_float32(x, r, V, W, activation):
    X = np.atleast_2d(x).astype(np.float32)
    R = np.atleast_2d(r).astype(np.float32)
    v, w = V.astype(np.float32), W.astype(np.float32)
    one = np.ones((len(X), 1), dtype=np.float32)
    X1 = np.hstack([one, X])
    S = X1 @ v.T
    Y1 = np.hstack([one, np.asarray(activation(S), dtype=np.float32)])
    O = Y1 @ w.T
    P = np.exp(O - O.max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    d2 = (R - P) / np.float32(len(X))
    d1 = d2 @ w[:, 1:] * np.asarray(activation.derivative(S), dtype=np.float32)
    return d1.T @ X1, d2.T @ Y1


# right: recursion over the batch, each half weighted by its number of examples
def r09_recursive_halves(x, r, V, W, activation):
    if x.ndim == 1:
        a = np.append(1., x)
        s = V @ a
        y = np.append(1., activation(s))
        o = W @ y
        z = np.exp(o - o.max())
        d = r - z / z.sum()
        return np.outer((d @ W)[1:] * activation.derivative(s), a), np.outer(d, y)
    n = len(x)
    if n == 1:
        return r09_recursive_halves(x[0], r[0], V, W, activation)
    m = n // 2
    left = r09_recursive_halves(x[:m], r[:m], V, W, activation)
    right = r09_recursive_halves(x[m:], r[m:], V, W, activation)
    return tuple((m * p + (n - m) * q) / n for p, q in zip(left, right))


# right: full jacobians by the chain rule, np.diag(z) - outer(z, z), gate as a diagonal matrix
def r10_full_jacobians(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dVs, dWs = [], []
    for a, t in zip(X, R):
        a1 = np.concatenate(([1.0], a))
        s = V @ a1
        y1 = np.concatenate(([1.0], activation(s)))
        o = W @ y1
        z = np.exp(o - o.max())
        z = z / z.sum()
        dE_dz = -t / z
        dz_do = np.diag(z) - np.outer(z, z)
        do_dy = W[:, 1:]
        dy_ds = np.diag(activation.derivative(s))
        row_o = dE_dz @ dz_do
        row_s = row_o @ do_dy @ dy_ds
        dWs.append(-row_o[:, None] * y1[None, :])
        dVs.append(-row_s[:, None] * a1[None, :])
    return np.mean(dVs, axis=0), np.mean(dWs, axis=0)


# right: biases and weights kept apart, dV computed before dW, put together with column_stack
def r11_bias_apart(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    b1, M1, b2, M2 = V[:, 0], V[:, 1:], W[:, 0], W[:, 1:]
    s = X @ M1.T + b1
    y = activation(s)
    o = y @ M2.T + b2
    e = np.exp(o - o.max(axis=1, keepdims=True))
    delta = R - e / e.sum(axis=1, keepdims=True)
    gated = (delta @ M2) * activation.derivative(s)
    B = len(X)
    dV = np.column_stack([gated.mean(axis=0), gated.T @ X / B])
    dW = np.column_stack([delta.mean(axis=0), delta.T @ y / B])
    return dV, dW


# right: tensordot and broadcasting over a stack of outer products, softmax as 1 / sum exp(differences)
def r12_stack(x, r, V, W, activation):
    X = x.reshape(-1, V.shape[1] - 1)
    R = r.reshape(-1, W.shape[0])
    X1 = np.insert(X.astype(float), 0, 1.0, axis=1)
    S = np.tensordot(X1, V, axes=([1], [1]))
    Y1 = np.insert(np.asarray(activation(S), dtype=float), 0, 1.0, axis=1)
    O = np.tensordot(Y1, W, axes=([1], [1]))
    Z = 1.0 / np.exp(O[:, None, :] - O[:, :, None]).sum(axis=2)
    D = R - Z
    G = np.tensordot(D, W, axes=([1], [0]))[:, 1:] * activation.derivative(S)
    return (G[:, :, None] * X1[:, None, :]).mean(axis=0), (D[:, :, None] * Y1[:, None, :]).mean(axis=0)


# -------------------- LOGITS_WRONG


# wrong sign: z - r
def lw01_sign(r, z_hat):
    e = np.exp(z_hat - np.max(z_hat, axis=-1, keepdims=True))
    z = e / e.sum(axis=-1, keepdims=True)
    n = 1 if z_hat.ndim == 1 else len(z_hat)
    return (z - r) / n


# not divided by the batch size [only in a batch]
def lw02_sum(r, z_hat):
    e = np.exp(z_hat - np.max(z_hat, axis=-1, keepdims=True))
    return r - e / e.sum(axis=-1, keepdims=True)


# softmax along axis 0 [only in a batch]
def lw03_axis0(r, z_hat):
    z = np.exp(z_hat) / np.sum(np.exp(z_hat), axis=0)
    B = z_hat.shape[0] if z_hat.ndim > 1 else 1
    return (r - z) / B


# divides by len(z_hat), which is K for a single example [only for a single example]
def lw04_len(r, z_hat):
    n = len(z_hat)
    shifted = z_hat - np.atleast_2d(z_hat).max()
    z = np.exp(shifted)
    z = z / z.sum(axis=-1, keepdims=True)
    return (r - z) / n


# mean over all B*K entries
def lw05_size(r, z_hat):
    z = np.exp(z_hat - z_hat.max())
    z = z / z.sum(axis=-1, keepdims=True)
    return (r - z) / z_hat.size


# no softmax at all: r - z_hat
def lw06_no_softmax(r, z_hat):
    single = z_hat.ndim == 1
    return (r - z_hat) if single else (r - z_hat) / z_hat.shape[0]


# stops at r / z, jacobian forgotten
def lw07_r_over_z(r, z_hat):
    R, O = np.atleast_2d(r), np.atleast_2d(z_hat)
    out = np.zeros(O.shape)
    for i in range(len(O)):
        z = np.exp(O[i]) / sum(np.exp(O[i]))
        out[i] = R[i] / z / len(O)
    return out[0] if z_hat.ndim == 1 else out


# only the diagonal of the jacobian: r * (1 - z)
def lw08_diagonal(r, z_hat):
    O = np.atleast_2d(z_hat)
    R = np.atleast_2d(r)
    z = np.exp(O - O.max(axis=1, keepdims=True))
    z = z / z.sum(axis=1, keepdims=True)
    pull = (R / z) * z * (1 - z) / O.shape[0]
    return pull.reshape(z_hat.shape)


# softmax normalised by the sum over the whole batch [only in a batch]
def lw09_no_axis(r, z_hat):
    e = np.exp(z_hat - np.max(z_hat))
    z = e / e.sum()
    B = 1 if r.ndim == 1 else r.shape[0]
    return (r - z) / B


# keepdims forgotten in the sum [only in a batch; raises in a batch]
def lw10_keepdims(r, z_hat):
    z = np.exp(z_hat)
    z = z / z.sum(axis=-1)
    if z_hat.ndim == 2:
        return (r - z) / len(r)
    return r - z


# -------------------- LOGITS_RIGHT


# right: log-sum-exp
def lr01_logsumexp(r, z_hat):
    top = z_hat.max(axis=-1, keepdims=True)
    lse = top + np.log(np.exp(z_hat - top).sum(axis=-1, keepdims=True))
    n = z_hat.shape[0] if z_hat.ndim == 2 else 1
    return (r - np.exp(z_hat - lse)) / n


# right: per example with the full jacobian
def lr02_jacobian(r, z_hat):
    R, O = np.atleast_2d(r), np.atleast_2d(z_hat)
    rows = []
    for t, o in zip(R, O):
        z = np.exp(o - o.max())
        z /= z.sum()
        J = np.diag(z) - np.outer(z, z)
        rows.append(J.T @ (t / z) / len(O))
    return np.array(rows).reshape(z_hat.shape)


# right: central finite differences of the mean cross-entropy
def lr03_numeric(r, z_hat):
    def E(o):
        o = np.atleast_2d(o)
        o = o - o.max(axis=1, keepdims=True)
        logz = o - np.log(np.exp(o).sum(axis=1, keepdims=True))
        return -np.mean(np.sum(np.atleast_2d(r) * logz, axis=1))

    g = np.zeros(z_hat.shape)
    for idx in np.ndindex(*z_hat.shape):
        step = np.zeros(z_hat.shape)
        step[idx] = 1e-5
        g[idx] = (E(z_hat - step) - E(z_hat + step)) / 2e-5
    return g


# -------------------- JACOBIAN_WRONG


# only the diagonal, off-diagonal left zero
def jw01_only_diagonal(z):
    return np.diag(z * (1 - z))


# off-diagonal with a plus
def jw02_plus(z):
    return np.diag(z) + np.outer(z, z)


# the whole matrix with the opposite sign
def jw03_negative(z):
    return np.outer(z, z) - np.diag(z)


# the diagonal z is forgotten, only -z z^T
def jw04_no_diagonal(z):
    K = len(z)
    J = np.zeros((K, K))
    for i in range(K):
        for j in range(K):
            J[i, j] = -z[i] * z[j]
    return J


# z - outer by broadcasting, the diag is forgotten: z_j - z_i z_j everywhere
def jw05_broadcast(z):
    return z - np.outer(z, z)


# z @ z is a scalar for 1-D arrays, not the outer product
def jw06_inner(z):
    return np.diag(z) - z @ z.T


# takes z for the sums and applies softmax again
def jw07_softmax_again(z):
    p = np.exp(z) / np.sum(np.exp(z))
    return np.diag(p) - np.outer(p, p)


# identity minus outer: 1 in place of z on the diagonal
def jw08_identity(z):
    return np.eye(len(z)) - np.outer(z, z)


# z_i (1 - z_j) off the diagonal: the delta is always 1
def jw09_delta_always_one(z):
    return np.array([[zi * (1 - zj) for zj in z] for zi in z])


# the diagonal is z**2 short: z on the diagonal, -z_i z_j elsewhere
def jw10_diagonal_z(z):
    J = -np.outer(z, z)
    np.fill_diagonal(J, z)
    return J


# -------------------- JACOBIAN_RIGHT


# right: z_i (delta_ij - z_j) with two loops
def jr01_loops(z):
    K = z.shape[0]
    J = np.empty((K, K))
    for i in range(K):
        for j in range(K):
            J[i, j] = z[i] * (1 - z[i]) if i == j else -z[i] * z[j]
    return J


# right: diag(z) times the centred identity
def jr02_product(z):
    K = len(z)
    return np.diag(z) @ (np.eye(K) - np.ones((K, 1)) @ z.reshape(1, K))


# right: complex step on softmax(log z)
def jr03_complex_step(z):
    o = np.log(z).astype(complex)
    cols = []
    for e in np.eye(len(z)):
        p = np.exp(o + 1e-30j * e)
        cols.append((p / p.sum()).imag / 1e-30)
    return np.stack(cols, axis=1)


# -------------------- PULL_W_WRONG


# no ones for the bias: the result has H columns
def pw01_no_ones(delta, y):
    return np.atleast_2d(delta).T @ np.atleast_2d(y)


# ones at the end, the bias is the last column
def pw02_ones_last(delta, y):
    D, Y = np.atleast_2d(delta), np.atleast_2d(y)
    Y = np.hstack([Y, np.ones((len(Y), 1))])
    return D.T @ Y


# transposed: (H+1, K)
def pw03_transposed(delta, y):
    D, Y = np.atleast_2d(delta), np.atleast_2d(y)
    Y = np.hstack([np.ones((len(Y), 1)), Y])
    return Y.T @ D


# divides by the batch once more [only in a batch]
def pw04_mean_again(delta, y):
    D, Y = np.atleast_2d(delta), np.atleast_2d(y)
    total = 0
    for d, h in zip(D, Y):
        total = total + np.outer(d, np.append(1, h))
    return total / len(D)


# reshape instead of transpose [only in a batch]
def pw05_reshape(delta, y):
    D, Y = np.atleast_2d(delta), np.atleast_2d(y)
    Y = np.c_[np.ones(len(Y)), Y]
    return D.reshape(D.shape[1], D.shape[0]) @ Y


# minus sign in front
def pw06_minus(delta, y):
    D, Y = np.atleast_2d(delta), np.atleast_2d(y)
    Y = np.insert(Y, 0, 1, axis=1)
    return -np.einsum('bk,bh->kh', D, Y)


# bias column is the mean of delta where it should be the sum [only in a batch]
def pw07_bias_mean(delta, y):
    D, Y = np.atleast_2d(delta), np.atleast_2d(y)
    bias = D.mean(axis=0)
    return np.hstack([bias[:, None], D.T @ Y])


# outer product of the summed delta and the mean y, instead of the sum of outer products [only in a batch]
def pw08_outer_of_sums(delta, y):
    if delta.ndim == 1:
        return np.outer(delta, np.r_[1, y])
    ones = np.ones((y.shape[0], 1))
    return np.outer(delta.sum(axis=0), np.hstack([ones, y]).mean(axis=0))


# = instead of += in the loop [only in a batch]
def pw09_overwrites(delta, y):
    D, Y = np.atleast_2d(delta), np.atleast_2d(y)
    for i in range(len(D)):
        g = np.outer(D[i], np.concatenate(([1], Y[i])))
    return g


# zeros instead of ones for the bias input
def pw10_zeros(delta, y):
    D, Y = np.atleast_2d(delta), np.atleast_2d(y)
    Y1 = np.zeros((Y.shape[0], Y.shape[1] + 1))
    Y1[:, 1:] = Y
    return D.T @ Y1


# -------------------- PULL_W_RIGHT


# right: sum of outer products
def pr01_outer(delta, y):
    D, Y = np.atleast_2d(delta), np.atleast_2d(y)
    return sum(np.outer(d, np.append(1.0, h)) for d, h in zip(D, Y))


# right: bias column and weights apart
def pr02_apart(delta, y):
    D, Y = np.atleast_2d(delta), np.atleast_2d(y)
    G = np.empty((D.shape[1], Y.shape[1] + 1))
    G[:, 0] = D.sum(axis=0)
    G[:, 1:] = np.tensordot(D, Y, axes=(0, 0))
    return G


# right: ellipsis einsum over stacked outer products, transposed at the end
def pr03_einsum(delta, y):
    Y1 = np.concatenate([np.ones(y.shape[:-1] + (1,)), y], axis=-1)
    G = np.einsum('...h,...k->...hk', Y1, delta)
    return G.reshape(-1, Y1.shape[-1], delta.shape[-1]).sum(axis=0).T


BACKWARD_SINGLES = [
    (s01_uphill, "the direction is the gradient itself, both have the wrong sign"),
    (s02_minus_in_hidden, "a minus too many in the hidden layer: dV has the wrong sign"),
    (s03_minus_on_dW, "minus in front of dW as well although delta is already target minus output"),
    (s04_no_gate, "the gate (slope of the activation) is missing [right for the activation identity]"),
    (s05_slope_at_y, "slope taken at the output y instead of at the sum y_hat [right for the activation relu, identity]"),
    (s06_sigmoid_slope, "y * (1 - y) as slope whatever the activation is [right for the activation sigmoid]"),
    (s07_tanh_slope, "1 - y squared as slope whatever the activation is [right for the activation tanh]"),
    (s08_sum_not_mean, "sums over the batch, never divides by the number of examples [only in a batch]"),
    (s09_divided_twice, "dV is divided by the batch size twice (delta was already divided) [only in a batch]"),
    (s10_mean_only_dW, "dW is the mean over the batch but dV only the sum [only in a batch]"),
    (s11_mean_over_all_entries, "mean over all entries of r: divides by B*K instead of B"),
    (s12_len_of_single, "divides by len(x), which for a single example is the number of inputs [only for a single example]"),
    (s13_drops_last_column, "drops the last column of W instead of the bias column when going back"),
    (s14_ones_at_the_end, "ones are put at the end of x and of y everywhere"),
    (s15_dV_bias_last, "bias of dV ends up in the last column instead of column 0"),
    (s16_bias_of_dW_zero, "the bias column of dW stays zero"),
    (s17_softmax_axis0, "softmax along axis 0 (over the examples instead of over the classes) [only in a batch]"),
    (s18_softmax_no_axis, "softmax divides by the sum over the whole batch (no axis) [only in a batch]"),
    (s19_no_keepdims, "forgets keepdims in the softmax sum [only in a batch; raises in a batch]"),
    (s20_returns_transposed, "both results are transposed"),
    (s21_W_transposed, "goes back through W transposed where W itself is needed [raises]"),
    (s22_reshape_dW, "reshape instead of transpose to make dW fit"),
    (s23_swapped_return, "returns (dW, dV) instead of (dV, dW)"),
    (s24_max_axis0, "subtracts the maximum of each column (axis 0) before exp, so every class is shifted differently"),
    (s25_bias_ungated, "the bias column of dV is taken from delta before the gate [right for the activation identity]"),
    (s26_bias_summed, "the bias columns are summed while the weights are averaged [only in a batch]"),
    (s27_no_V_bias_forward, "forgets to add the bias of V in the forward pass"),
    (s28_outer_reversed, "np.outer with the arguments the wrong way round for dW"),
    (s29_reshape_batch, "reshapes the batch to columns instead of transposing it [only in a batch]"),
    (s30_mean_axis1, "mean over axis 1 (the classes or units) instead of axis 0 (the examples) of the stacked outer products"),
    (s31_bias_through_activation, "the ones column goes through the activation too, so the bias input of W is activation(1) [right for the activation relu, identity]"),
    (s32_uses_new_W, "steps W first and sends the error back through the new W"),
    (s33_sum_in_dW, "dW uses the sum y_hat instead of the output y [right for the activation identity]"),
    (s34_no_softmax, "error is r - z_hat, the softmax is forgotten"),
    (s35_output_slope_too, "delta multiplied by z * (1 - z), as for squared error with sigmoid outputs"),
    (s36_squared_error, "gradient of the squared error through the softmax instead of the cross-entropy"),
    (s37_r_over_z, "stops at r / z, the softmax jacobian is forgotten"),
    (s38_diagonal_jacobian, "only the diagonal of the softmax jacobian: delta = r * (1 - z)"),
    (s39_softmax_twice, "softmax is applied twice"),
    (s40_max_only_above, "max is subtracted above but not below in the softmax"),
    (s41_last_class_skipped, "the loop over the classes stops one early when the error goes back to the hidden units"),
    (s42_minus_one_wraps, "the loop back over the hidden units starts at 0, the bias, so index h - 1 = -1 adds the bias's share to the last unit"),
    (s43_overwrites, "= instead of +=, only the last example counts [only in a batch]"),
    (s44_returns_in_loop, "return is indented too far: leaves after the first example [only in a batch]"),
    (s45_delta_not_reset, "the hidden delta is not set back to zero for the next example [only in a batch]"),
    (s46_argmax_target, "treats the soft targets as one-hot: takes argmax of r and uses only that class"),
    (s47_y_overwritten, "y is overwritten in place by the gate before dW is computed"),
    (s48_gate_on_output, "the output delta gets the hidden activation's slope at z_hat too [right for the activation identity]"),
    (s49_product_of_means, "averages delta and the inputs over the batch before multiplying (product of means) [only in a batch]"),
    (s50_slope_of_error, "slope at the error that comes back instead of at y_hat [right for the activation identity]"),
    (s51_gate_shifted, "gate has one entry too many (bias included) and the last row of dV is cut off instead of the first"),
    (s52_einsum_letters, "einsum with a different letter for the batch in y and x, so examples are mixed [only in a batch]"),
    (s53_zip_too_short, "zip stops at the shorter list: no 1 in front of x, so the bias weight meets x[0]"),
    (s54_bias_overwritten, "the bias of dV is written to column 0 and then overwritten by the first input"),
    (s55_binary_cross_entropy, "binary cross-entropy: the (1 - r) log(1 - z) terms are added"),
    (s56_nudge_not_undone, "numerical gradient that forgets to put each weight back after nudging it (and nudges by 0.05)"),
    (s57_central_half, "central difference divided by h instead of 2h"),
    (s58_recursive_mean, "recursion over the batch averages the first example with the mean of the rest half and half [only in a batch]"),
    (s59_learning_rate, "a learning rate of 0.1 is left in the result"),
    (s60_single_as_column, "a single example is turned into a column, so it looks like D examples [only for a single example; raises for a single example]"),
]

BACKWARD_PAIRS = [
    (p01_sign_and_no_gate, "wrong sign for both + no gate"),
    (p02_slope_at_y_and_sum, "slope at the output y + sum instead of mean over the batch [single: right for the activation relu, identity; in a single example only the first mistake shows]"),
    (p03_no_axis_and_last_column, "softmax over the whole batch + last column of W dropped instead of the bias [in a single example only the second mistake shows]"),
    (p04_swapped_and_sign, "returns (dW, dV) in the wrong order + both with the sign of the gradient [the sign shows only after the order is put right, or when the sizes happen to fit]"),
    (p05_ones_end_and_sigmoid_slope, "ones at the end of x and y in the forward pass + y(1-y) as slope"),
    (p06_over_K_and_no_dV_bias, "divides by the number of classes instead of the batch + bias column of dV left zero"),
    (p07_new_W_and_no_gate, "stepped W used for going back + gate missing"),
    (p08_sigmoid_outputs_and_dV_sign, "sigmoid outputs instead of softmax + wrong sign of dV"),
    (p09_first_gate_and_bias_last, "the gate of the first example is used for the whole batch + dV has its bias in the last column [in a single example only the second mistake shows]"),
    (p10_overwrite_and_double_gate, "only the last example counts (= for +=) + gate applied twice [single: right for the activation relu, identity; in a single example only the second mistake shows]"),
    (p11_outer_reversed_and_sum, "both outer products the wrong way round + sum over the batch [in a single example only the first mistake shows]"),
    (p12_output_slope_and_twice_B, "delta times z(1-z) + divides by B twice in dV [in a single example only the first mistake shows]"),
    (p13_no_biases_and_dW_sign, "no bias added in either forward layer + sign of dW wrong"),
    (p14_reshape_and_max_axis0, "reshape instead of transpose for both matrices + softmax max over axis 0"),
    (p15_V_for_W_and_no_gate, "goes back through V instead of W + no gate [runs only where K = H, and fits only where D = H too; raises]"),
    (p16_decay_and_mean_all, "weight decay is added + the mean runs over all entries of r"),
    (p17_tanh_at_sum_and_dV_sign, "the slope of tanh is assumed and taken at the sum: 1 - y_hat**2 + returns the ascent direction for V only"),
    (p18_winner_and_sum, "perceptron rule: target minus the winner class + the sum over the batch [in a single example only the first mistake shows]"),
    (p19_sum_in_dW_and_bias_sum, "y_hat in place of y in dW + bias column of dW without the mean [single: right for the activation identity; in a single example only the first mistake shows]"),
    (p20_skips_unit_and_activation_gate, "loops over range(1, H) so hidden unit 0 gets nothing + the gate is activation() and not its derivative"),
    (p21_rows_of_W_and_keepdims, "bias dropped from the rows of W instead of the columns + keepdims forgotten [raises]"),
    (p22_mean_delta_and_sign, "hidden delta averaged over the batch before the gate + wrong sign for both [in a single example only the second mistake shows]"),
    (p23_r_over_z_and_bias_ungated, "r / z without the softmax jacobian + the error goes back ungated to the bias of V"),
    (p24_absolute_and_transposed_dV, "absolute error |r - z| + dV is the transpose"),
]

BACKWARD_RIGHT = [
    (r01_logsumexp, "right: textbook matrices, log-sum-exp softmax"),
    (r02_only_loops, "right: nothing but loops and lists"),
    (r03_columns, "right: columns are the examples, everything transposed, and the sign put in at the end"),
    (r04_finite_differences, "right: central finite differences of the loss on a flat parameter vector"),
    (r05_complex_step, "right: complex step through the output layer, chain rule for the hidden layer"),
    (r06_dual_numbers, "right: forward mode with dual numbers (value, tangent) as a small class"),
    (r07_einsum, "right: one big einsum per matrix"),
    (r08_float32, "right: computed in float32 inside (agrees to about 1e-6 of the size of the delta, at worst some 1e-5 relative)"),
    (r09_recursive_halves, "right: recursion over the batch, each half weighted by its number of examples"),
    (r10_full_jacobians, "right: full jacobians by the chain rule, np.diag(z) - outer(z, z), gate as a diagonal matrix"),
    (r11_bias_apart, "right: biases and weights kept apart, dV computed before dW, put together with column_stack"),
    (r12_stack, "right: tensordot and broadcasting over a stack of outer products, softmax as 1 / sum exp(differences)"),
]

LOGITS_WRONG = [
    (lw01_sign, "wrong sign: z - r"),
    (lw02_sum, "not divided by the batch size [only in a batch]"),
    (lw03_axis0, "softmax along axis 0 [only in a batch]"),
    (lw04_len, "divides by len(z_hat), which is K for a single example [only for a single example]"),
    (lw05_size, "mean over all B*K entries"),
    (lw06_no_softmax, "no softmax at all: r - z_hat"),
    (lw07_r_over_z, "stops at r / z, jacobian forgotten"),
    (lw08_diagonal, "only the diagonal of the jacobian: r * (1 - z)"),
    (lw09_no_axis, "softmax normalised by the sum over the whole batch [only in a batch]"),
    (lw10_keepdims, "keepdims forgotten in the sum [only in a batch; raises in a batch]"),
]

LOGITS_RIGHT = [
    (lr01_logsumexp, "right: log-sum-exp"),
    (lr02_jacobian, "right: per example with the full jacobian"),
    (lr03_numeric, "right: central finite differences of the mean cross-entropy"),
]

JACOBIAN_WRONG = [
    (jw01_only_diagonal, "only the diagonal, off-diagonal left zero"),
    (jw02_plus, "off-diagonal with a plus"),
    (jw03_negative, "the whole matrix with the opposite sign"),
    (jw04_no_diagonal, "the diagonal z is forgotten, only -z z^T"),
    (jw05_broadcast, "z - outer by broadcasting, the diag is forgotten: z_j - z_i z_j everywhere"),
    (jw06_inner, "z @ z is a scalar for 1-D arrays, not the outer product"),
    (jw07_softmax_again, "takes z for the sums and applies softmax again"),
    (jw08_identity, "identity minus outer: 1 in place of z on the diagonal"),
    (jw09_delta_always_one, "z_i (1 - z_j) off the diagonal: the delta is always 1"),
    (jw10_diagonal_z, "the diagonal is z**2 short: z on the diagonal, -z_i z_j elsewhere"),
]

JACOBIAN_RIGHT = [
    (jr01_loops, "right: z_i (delta_ij - z_j) with two loops"),
    (jr02_product, "right: diag(z) times the centred identity"),
    (jr03_complex_step, "right: complex step on softmax(log z)"),
]

PULL_W_WRONG = [
    (pw01_no_ones, "no ones for the bias: the result has H columns"),
    (pw02_ones_last, "ones at the end, the bias is the last column"),
    (pw03_transposed, "transposed: (H+1, K)"),
    (pw04_mean_again, "divides by the batch once more [only in a batch]"),
    (pw05_reshape, "reshape instead of transpose [only in a batch]"),
    (pw06_minus, "minus sign in front"),
    (pw07_bias_mean, "bias column is the mean of delta where it should be the sum [only in a batch]"),
    (pw08_outer_of_sums, "outer product of the summed delta and the mean y, instead of the sum of outer products [only in a batch]"),
    (pw09_overwrites, "= instead of += in the loop [only in a batch]"),
    (pw10_zeros, "zeros instead of ones for the bias input"),
]

PULL_W_RIGHT = [
    (pr01_outer, "right: sum of outer products"),
    (pr02_apart, "right: bias column and weights apart"),
    (pr03_einsum, "right: ellipsis einsum over stacked outer products, transposed at the end"),
]
