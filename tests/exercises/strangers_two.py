"""NumPy functions as students write them: wrong once, wrong twice, and right in unusual style.

backward(x, r, V, W, activation) -> (dV, dW), negative gradients of the mean cross-entropy; see strangers.md.
The notes in [square brackets] at the end of a description were measured (tanh, sigmoid, softplus, relu; several sizes).
"""
import functools
import math

import numpy as np


# ==================== BACKWARD_SINGLES ====================

# ---------------------------------------------------------------- the one who ports from PyTorch

# softmax twice: the probabilities are handed to a "CrossEntropyLoss" that applies softmax again, so delta = r - softmax(softmax(z_hat))
def torch_softmax_twice(x, r, V, W, activation):
    def softmax(t):
        e = np.exp(t - t.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)
    squeeze = x.ndim == 1
    if squeeze:
        x, r = x[None, :], r[None, :]
    N = x.shape[0]
    pre = x @ V[:, 1:].T + V[:, 0]
    hid = activation(pre)
    out = softmax(hid @ W[:, 1:].T + W[:, 0])
    g_out = (softmax(out) - r) / N
    g_W = np.concatenate([g_out.sum(0)[:, None], g_out.T @ hid], axis=1)
    g_pre = (g_out @ W[:, 1:]) * activation.derivative(pre)
    g_V = np.concatenate([g_pre.sum(0)[:, None], g_pre.T @ x], axis=1)
    return -g_V, -g_W


# softmax twice, with the chain rule carried faithfully through both of them (right gradient of the wrong loss)
def torch_softmax_twice_chained(x, r, V, W, activation):
    def softmax(t):
        e = np.exp(t - t.max(-1, keepdims=True))
        return e / e.sum(-1, keepdims=True)
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    a1 = np.hstack([np.ones((n, 1)), X]) @ V.T
    h1 = np.hstack([np.ones((n, 1)), activation(a1)])
    probs = softmax(h1 @ W.T)
    grad_probs = (softmax(probs) - R) / n
    grad_logits = probs * (grad_probs - np.sum(grad_probs * probs, -1, keepdims=True))
    grad_W = grad_logits.T @ h1
    grad_a1 = grad_logits @ W[:, 1:] * activation.derivative(a1)
    grad_V = grad_a1.T @ np.hstack([np.ones((n, 1)), X])
    return -grad_V, -grad_W


# the gradient of the bias is glued on as the last column, as one would with (weight, bias)
def torch_bias_grad_last(x, r, V, W, activation):
    x2, r2 = x.reshape(-1, x.shape[-1]), r.reshape(-1, r.shape[-1])
    b1, w1 = V[:, 0], V[:, 1:]
    b2, w2 = W[:, 0], W[:, 1:]
    lin1 = x2 @ w1.T + b1
    act1 = activation(lin1)
    lin2 = act1 @ w2.T + b2
    lse = np.log(np.exp(lin2).sum(-1, keepdims=True))
    d2 = (r2 - np.exp(lin2 - lse)) / x2.shape[0]
    dw2, db2 = d2.T @ act1, d2.sum(0)
    d1 = d2 @ w2 * activation.derivative(lin1)
    dw1, db1 = d1.T @ x2, d1.sum(0)
    return np.c_[dw1, db1], np.c_[dw2, db2]


# column -1 taken for the bias everywhere (forward, backward and result)
def torch_bias_is_last_column(x, r, V, W, activation):
    xb = np.atleast_2d(x)
    rb = np.atleast_2d(r)
    xb1 = np.concatenate((xb, np.ones((xb.shape[0], 1))), 1)
    s = xb1 @ V.T
    yb1 = np.concatenate((activation(s), np.ones((xb.shape[0], 1))), 1)
    o = yb1 @ W.T
    q = np.exp(o - o.max(1, keepdims=True))
    q /= q.sum(1, keepdims=True)
    err = (rb - q) / xb.shape[0]
    dW = err.T @ yb1
    dV = (err @ W[:, :-1] * activation.derivative(s)).T @ xb1
    return dV, dW


# soft targets turned into class labels by argmax, as the loss with integer targets would want (right for one-hot r)
def torch_targets_argmax(x, r, V, W, activation):
    one = x.ndim == 1
    inputs = x[np.newaxis] if one else x
    labels = np.array([r.argmax()]) if one else r.argmax(axis=1)
    n = inputs.shape[0]
    z1 = V[:, 0] + inputs @ V[:, 1:].T
    h = activation(z1)
    z2 = W[:, 0] + h @ W[:, 1:].T
    p = np.exp(z2 - z2.max(1, keepdims=True))
    p = p / p.sum(1, keepdims=True)
    p[np.arange(n), labels] -= 1
    p /= n
    gW = np.hstack([p.sum(0).reshape(-1, 1), p.T @ h])
    gz1 = p @ W[:, 1:] * activation.derivative(z1)
    gV = np.hstack([gz1.sum(0).reshape(-1, 1), gz1.T @ inputs])
    return -gV, -gW


# reduction='mean' taken over all the elements: divided by B*K instead of B
def torch_mean_over_elements(x, r, V, W, activation):
    X = np.atleast_2d(x)
    T = np.atleast_2d(r)
    ones = np.ones((X.shape[0], 1))
    Xe = np.hstack((ones, X))
    A = Xe @ V.T
    He = np.hstack((ones, activation(A)))
    L = He @ W.T
    P = np.exp(L - L.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    G = (T - P) / T.size
    gW = G.T @ He
    gV = ((G @ W[:, 1:]) * activation.derivative(A)).T @ Xe
    return gV, gW


# softmax over dim 0, so over the batch rather than over the classes
def torch_softmax_dim0(x, r, V, W, activation):
    def F_softmax(t, dim=0):
        e = np.exp(t - t.max(axis=dim, keepdims=True))
        return e / e.sum(axis=dim, keepdims=True)
    cat = lambda t: np.concatenate([np.ones(t.shape[:-1] + (1,)), t], axis=-1)
    hidden_in = cat(x) @ V.T
    hidden = activation(hidden_in)
    logits = cat(hidden) @ W.T
    delta = r - F_softmax(logits)
    back = (delta @ W[:, 1:]) * activation.derivative(hidden_in)
    if x.ndim == 1:
        return np.outer(back, cat(x)), np.outer(delta, cat(hidden))
    return back.T @ cat(x) / len(x), delta.T @ cat(hidden) / len(x)


# returns the gradient (.grad), not its negative
def torch_positive_grad(x, r, V, W, activation):
    class Linear:
        def __init__(self, weight):
            self.weight = weight
        def forward(self, inp):
            self.inp = np.concatenate([np.ones((len(inp), 1)), inp], axis=1)
            return self.inp @ self.weight.T
        def backward(self, g):
            self.grad = g.T @ self.inp
            return (g @ self.weight)[:, 1:]
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    fc1, fc2 = Linear(V), Linear(W)
    a = fc1.forward(x)
    out = fc2.forward(activation(a))
    out = out - out.max(1, keepdims=True)
    p = np.exp(out) / np.exp(out).sum(1, keepdims=True)
    g = fc2.backward((p - r) / len(x))
    fc1.backward(g * activation.derivative(a))
    return fc1.grad, fc2.grad


# sigmoid for each output (BCEWithLogits) where a softmax belongs
def torch_sigmoid_outputs(x, r, V, W, activation):
    bx = x if x.ndim == 2 else x.reshape(1, -1)
    br = r if r.ndim == 2 else r.reshape(1, -1)
    pre = np.matmul(bx, V[:, 1:].T) + V[:, 0]
    h = activation(pre)
    logits = np.matmul(h, W[:, 1:].T) + W[:, 0]
    p = 1 / (1 + np.exp(-logits))
    d = (br - p) / bx.shape[0]
    dW = np.column_stack([d.sum(0), np.matmul(d.T, h)])
    dh = np.matmul(d, W[:, 1:]) * activation.derivative(pre)
    dV = np.column_stack([dh.sum(0), np.matmul(dh.T, bx)])
    return dV, dW


# label smoothing of 0.1 came along from the old training script
def torch_label_smoothing(x, r, V, W, activation, eps=0.1):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    r = (1 - eps) * r + eps / r.shape[1]
    B = x.shape[0]
    x1 = np.insert(x, 0, 1.0, axis=1)
    y_hat = x1 @ V.T
    y1 = np.insert(activation(y_hat), 0, 1.0, axis=1)
    z_hat = y1 @ W.T
    z = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    z /= z.sum(axis=1, keepdims=True)
    dz = (r - z) / B
    dy = dz @ W[:, 1:] * activation.derivative(y_hat)
    return dy.T @ x1, dz.T @ y1


# nll without exp: log-probabilities used where the probabilities belong
def torch_log_softmax_as_probs(x, r, V, W, activation):
    add1 = lambda t: np.concatenate([np.ones((t.shape[0], 1)), t], 1)
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    u = add1(x)
    pre = u @ V.T
    v = add1(activation(pre))
    logits = v @ W.T
    m = logits.max(1, keepdims=True)
    logp = logits - m - np.log(np.exp(logits - m).sum(1, keepdims=True))
    d = (r - logp) / len(x)
    return (d @ W[:, 1:] * activation.derivative(pre)).T @ u, d.T @ v


# the layer object keeps only the last example's pre-activation, and the gate of every example is computed from it
def torch_cached_last_preactivation(x, r, V, W, activation):
    class Net:
        def __call__(self, xi):
            self.x = np.append(1.0, xi)
            self.pre = V @ self.x
            self.h = np.append(1.0, activation(self.pre))
            s = W @ self.h
            e = np.exp(s - s.max())
            return e / e.sum(), self.x, self.h
    net = Net()
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    outs = [net(xi) for xi in X]
    gV, gW = np.zeros_like(V), np.zeros_like(W)
    for (p, xi, hi), ri in zip(outs, R):
        d = ri - p
        gW += np.outer(d, hi)
        gV += np.outer((W[:, 1:].T @ d) * activation.derivative(net.pre), xi)
    return gV / len(X), gW / len(X)


# ---------------------------------------------------------------- the one who writes loops from a lecture's indices

# the way back uses W[k][j] where column j+1 belongs, so that bias and first weights shift by one
def lecture_weight_index_off_by_one(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    N, D = X.shape
    H, K = V.shape[0], W.shape[0]
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for n in range(N):
        a = np.zeros(H)
        for j in range(H):
            a[j] = V[j, 0]
            for i in range(D):
                a[j] += V[j, i + 1] * X[n, i]
        y = activation(a)
        z = np.zeros(K)
        for k in range(K):
            z[k] = W[k, 0]
            for j in range(H):
                z[k] += W[k, j + 1] * y[j]
        p = np.exp(z - max(z))
        p = p / sum(p)
        g = activation.derivative(a)
        for k in range(K):
            delta_k = R[n, k] - p[k]
            dW[k, 0] += delta_k / N
            for j in range(H):
                dW[k, j + 1] += delta_k * y[j] / N
        for j in range(H):
            s = 0.0
            for k in range(K):
                s += (R[n, k] - p[k]) * W[k, j]
            dV[j, 0] += s * g[j] / N
            for i in range(D):
                dV[j, i + 1] += s * g[j] * X[n, i] / N
    return dV, dW


# loop bound: hidden units counted 1..H-1, so that the last unit gets nothing
def lecture_last_hidden_unit_left_out(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = 0 * V, 0 * W
    H = V.shape[0]
    for xn, rn in zip(X, R):
        x1 = np.r_[1, xn]
        a = V.dot(x1)
        y1 = np.r_[1, activation(a)]
        z = W.dot(y1)
        p = np.exp(z - z.max())
        p /= p.sum()
        d = rn - p
        for j in range(1, H):
            for k in range(len(d)):
                dV[j - 1] += d[k] * W[k, j] * activation.derivative(a[j - 1]) * x1
        for k in range(len(d)):
            for j in range(H + 1):
                dW[k, j] += d[k] * y1[j]
    return dV / len(X), dW / len(X)


# the sum over the outputs is overwritten (= for +=), so that only the last output pulls on a hidden unit
def lecture_sum_over_k_overwritten(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    N = X.shape[0]
    X1 = np.c_[np.ones(N), X]
    A = X1 @ V.T
    Y1 = np.c_[np.ones(N), activation(A)]
    Z = Y1 @ W.T
    P = np.exp(Z - Z.max(1)[:, None])
    P = P / P.sum(1)[:, None]
    delta2 = R - P
    delta1 = np.zeros(A.shape)
    for n in range(N):
        for j in range(A.shape[1]):
            for k in range(W.shape[0]):
                delta1[n, j] = delta2[n, k] * W[k, j + 1]
    delta1 *= activation.derivative(A)
    return delta1.T @ X1 / N, delta2.T @ Y1 / N


# s = 0 is set before the loop over hidden units and not inside: the sum runs on from unit to unit
def lecture_sum_not_reset(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    N = len(X)
    dV, dW = np.zeros_like(V, dtype=float), np.zeros_like(W, dtype=float)
    for n in range(N):
        xe = np.concatenate(([1.0], X[n]))
        a = np.array([sum(V[j, i] * xe[i] for i in range(len(xe))) for j in range(len(V))])
        ye = np.concatenate(([1.0], activation(a)))
        b = np.array([sum(W[k, j] * ye[j] for j in range(len(ye))) for k in range(len(W))])
        e = np.exp(b - b.max())
        delta = R[n] - e / e.sum()
        for k in range(len(W)):
            for j in range(len(ye)):
                dW[k, j] += delta[k] * ye[j] / N
        s = 0.0
        for j in range(len(V)):
            for k in range(len(W)):
                s += W[k, j + 1] * delta[k]
            for i in range(len(xe)):
                dV[j, i] += s * activation.derivative(a[j]) * xe[i] / N
    return dV, dW


# per-example dV is assigned (=), not accumulated, so only the last example counts (dW is accumulated)
def lecture_last_example_only_dV(x, r, V, W, activation):
    batch = [(x, r)] if x.ndim == 1 else list(zip(x, r))
    dW = np.zeros(W.shape)
    for xn, rn in batch:
        xx = np.hstack([1, xn])
        net = V @ xx
        yy = np.hstack([1, activation(net)])
        zz = W @ yy
        q = np.exp(zz - np.max(zz))
        q = q / np.sum(q)
        err = rn - q
        dW += np.outer(err, yy)
        dV = np.outer(W[:, 1:].T @ err * activation.derivative(net), xx)
    return dV / len(batch), dW / len(batch)


# the division by the batch size stands inside the loop, so early examples are divided again and again
def lecture_divide_inside_loop(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[0]
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for t in range(m):
        xt = np.append([1], X[t])
        s = V @ xt
        yt = np.append([1], activation(s))
        o = np.exp(W @ yt)
        o = o / o.sum()
        d2 = R[t] - o
        d1 = (d2 @ W)[1:] * activation.derivative(s)
        dW += np.outer(d2, yt)
        dV += np.outer(d1, xt)
        dW /= m
        dV /= m
    return dV, dW


# loop bounds mixed up: the sum over the outputs runs to H instead of K
def lecture_loops_to_H_instead_of_K(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B, H, K = len(X), V.shape[0], W.shape[0]
    X1 = np.hstack([np.ones((B, 1)), X])
    Yh = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(Yh)])
    Zh = Y1 @ W.T
    Z = np.exp(Zh - Zh.max(1, keepdims=True))
    Z /= Z.sum(1, keepdims=True)
    D2 = (R - Z) / B
    D1 = np.zeros((B, H))
    for b in range(B):
        for h in range(H):
            for k in range(H):
                D1[b, h] += D2[b, k] * W[k, h + 1]
            D1[b, h] *= activation.derivative(Yh[b, h])
    return D1.T @ X1, D2.T @ Y1


# softmax by loop: each exponential is divided by the running total instead of the full one
def lecture_softmax_running_total(x, r, V, W, activation):
    def softmax(z):
        out = []
        total = 0.0
        for zk in z - np.max(z):
            total += np.exp(zk)
            out.append(np.exp(zk) / total)
        return np.array(out)
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    gV, gW = np.zeros_like(V), np.zeros_like(W)
    for xi, ri in zip(X, R):
        xi = np.insert(xi, 0, 1)
        ai = V @ xi
        yi = np.insert(activation(ai), 0, 1)
        d = ri - softmax(W @ yi)
        gW += np.outer(d, yi) / len(X)
        gV += np.outer(d @ W[:, 1:] * activation.derivative(ai), xi) / len(X)
    return gV, gW


# the maximum is taken off in the numerator of the softmax but not in the denominator
def lecture_shift_only_numerator(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    N = X.shape[0]
    X1 = np.column_stack((np.ones(N), X))
    S = X1.dot(V.T)
    Y1 = np.column_stack((np.ones(N), activation(S)))
    O = Y1.dot(W.T)
    P = np.exp(O - O.max(axis=1)[:, np.newaxis]) / np.exp(O).sum(axis=1)[:, np.newaxis]
    E = (R - P) / N
    dW = E.T.dot(Y1)
    dV = (E.dot(W[:, 1:]) * activation.derivative(S)).T.dot(X1)
    return dV, dW


# the loop over inputs starts at 1 for weights and nobody fills column 0: bias gradient of V stays zero
def lecture_V_bias_stays_zero(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B, D = X.shape
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(B):
        a = V[:, 0] + V[:, 1:] @ X[b]
        y = activation(a)
        z = W[:, 0] + W[:, 1:] @ y
        p = np.exp(z) / np.exp(z).sum()
        dk = R[b] - p
        dj = activation.derivative(a) * (W[:, 1:].T @ dk)
        for k in range(W.shape[0]):
            dW[k, 0] += dk[k]
            for j in range(1, W.shape[1]):
                dW[k, j] += dk[k] * y[j - 1]
        for j in range(V.shape[0]):
            for i in range(1, D + 1):
                dV[j, i] += dj[j] * X[b, i - 1]
    return dV / B, dW / B


# a leaked loop variable: gate at a[h], h left over from the forward loop (the last unit), instead of a[j]
def lecture_leaked_loop_index(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for xb, rb in zip(X, R):
        x1 = [1.0] + list(xb)
        a = np.zeros(V.shape[0])
        for h in range(V.shape[0]):
            a[h] = sum(v * xi for v, xi in zip(V[h], x1))
        y1 = [1.0] + list(activation(a))
        z = np.array([sum(w * yi for w, yi in zip(row, y1)) for row in W])
        p = np.exp(z - z.max())
        p = p / p.sum()
        for j in range(V.shape[0]):
            pull = sum((rb[k] - p[k]) * W[k][j + 1] for k in range(W.shape[0]))
            for i in range(len(x1)):
                dV[j, i] += pull * activation.derivative(a)[h] * x1[i]
        for k in range(W.shape[0]):
            for j in range(len(y1)):
                dW[k, j] += (rb[k] - p[k]) * y1[j]
    return dV / len(X), dW / len(X)


# the rows of the result are one and the same list ([[0]*n]*m), so that all rows end up the same
def lecture_aliased_rows(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n, (H, D1), (K, H1) = len(X), V.shape, W.shape
    dV = [[0.0] * D1] * H
    dW = [[0.0] * H1 for _ in range(K)]
    for xb, rb in zip(X, R):
        x1 = np.hstack((1, xb))
        s = V @ x1
        y1 = np.hstack((1, activation(s)))
        z = W @ y1
        p = np.exp(z - z.max())
        p /= p.sum()
        d = (rb - p) / n
        t = activation.derivative(s) * (d @ W[:, 1:])
        for k in range(K):
            for h in range(H1):
                dW[k][h] += d[k] * y1[h]
        for h in range(H):
            for i in range(D1):
                dV[h][i] += t[h] * x1[i]
    return np.array(dV), np.array(dW)


# the result is made by np.full(shape, 0), thus of integers, and every gradient is cut to 0
def lecture_integer_result(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[0]
    X1 = np.hstack([np.ones((m, 1)), X])
    A = X1 @ V.T
    Y1 = np.hstack([np.ones((m, 1)), activation(A)])
    E = np.exp(Y1 @ W.T)
    delta = (R - E / E.sum(axis=1, keepdims=True)) / m
    back = (delta @ W[:, 1:]) * activation.derivative(A)
    dV = np.full(V.shape, 0)
    dW = np.full(W.shape, 0)
    for j in range(V.shape[0]):
        for i in range(V.shape[1]):
            dV[j, i] = np.dot(back[:, j], X1[:, i])
    for k in range(W.shape[0]):
        for j in range(W.shape[1]):
            dW[k, j] = np.dot(delta[:, k], Y1[:, j])
    return dV, dW


# V[j][k] where W[k][j] belongs in the sum on the way back
def lecture_V_for_W(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    N = len(X)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for n in range(N):
        xn = np.append(1, X[n])
        u = V @ xn
        yn = np.append(1, activation(u))
        o = W @ yn
        o = np.exp(o - o.max())
        o /= o.sum()
        e = R[n] - o
        for j in range(V.shape[0]):
            s = 0
            for k in range(W.shape[0]):
                s += e[k] * V[j, k]
            dV[j] += s * activation.derivative(u[j]) * xn
        dW += e[:, None] * yn[None, :]
    return dV / N, dW / N


# ---------------------------------------------------------------- the one who learned columns from Andrew Ng

# the bias gradients lack the 1/m that the weights have
def ng_bias_without_one_over_m(x, r, V, W, activation):
    X = x.reshape(-1, V.shape[1] - 1).T
    Y = r.reshape(-1, W.shape[0]).T
    m = X.shape[1]
    W1, b1, W2, b2 = V[:, 1:], V[:, :1], W[:, 1:], W[:, :1]
    Z1 = W1 @ X + b1
    A1 = activation(Z1)
    Z2 = W2 @ A1 + b2
    A2 = np.exp(Z2 - Z2.max(axis=0, keepdims=True))
    A2 = A2 / np.sum(A2, axis=0, keepdims=True)
    dZ2 = A2 - Y
    dW2 = 1 / m * dZ2 @ A1.T
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T @ dZ2 * activation.derivative(Z1)
    dW1 = 1 / m * dZ1 @ X.T
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return -np.hstack([db1, dW1]), -np.hstack([db2, dW2])


# the gate is written out as 1 - A1**2, tanh or not
def ng_gate_always_tanh(x, r, V, W, activation):
    X = np.atleast_2d(x).T
    Y = np.atleast_2d(r).T
    m = X.shape[1]
    Z1 = np.dot(V[:, 1:], X) + V[:, [0]]
    A1 = activation(Z1)
    Z2 = np.dot(W[:, 1:], A1) + W[:, [0]]
    expZ = np.exp(Z2 - np.max(Z2, axis=0))
    A2 = expZ / expZ.sum(axis=0)
    dZ2 = Y - A2
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.dot(W[:, 1:].T, dZ2) * (1 - np.power(A1, 2))
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return np.concatenate((db1, dW1), axis=1), np.concatenate((db2, dW2), axis=1)


# the gate is written out as A1*(1-A1), sigmoid or not
def ng_gate_always_sigmoid(x, r, V, W, activation):
    X, Y = np.atleast_2d(x).T, np.atleast_2d(r).T
    m = X.shape[1]
    X = np.vstack([np.ones((1, m)), X])
    A1 = np.vstack([np.ones((1, m)), activation(V @ X)])
    Z2 = W @ A1
    A2 = np.exp(Z2) / np.exp(Z2).sum(axis=0, keepdims=True)
    dZ2 = Y - A2
    dZ1 = (W.T @ dZ2)[1:] * A1[1:] * (1 - A1[1:])
    return dZ1 @ X.T / m, dZ2 @ A1.T / m


# g'(A1) instead of g'(Z1): gate at the output y instead of the sum
def ng_gate_at_A1(x, r, V, W, activation):
    X, Y = np.atleast_2d(x).T, np.atleast_2d(r).T
    m = X.shape[1]
    Z1 = V[:, 1:] @ X + V[:, 0:1]
    A1 = activation(Z1)
    Z2 = W[:, 1:] @ A1 + W[:, 0:1]
    T = np.exp(Z2 - Z2.max(0))
    A2 = T / T.sum(0)
    dZ2 = Y - A2
    dZ1 = W[:, 1:].T @ dZ2 * activation.derivative(A1)
    dV = np.hstack([dZ1.mean(axis=1, keepdims=True), dZ1 @ X.T / m])
    dW = np.hstack([dZ2.mean(axis=1, keepdims=True), dZ2 @ A1.T / m])
    return dV, dW


# 1/m twice in dV: dZ2 already holds it and dW1 divides once more
def ng_one_over_m_twice(x, r, V, W, activation):
    X, Y = np.atleast_2d(x).T, np.atleast_2d(r).T
    m = X.shape[1]
    X = np.r_[np.ones((1, m)), X]
    Z1 = V @ X
    A1 = np.r_[np.ones((1, m)), activation(Z1)]
    Z2 = W @ A1
    A2 = np.exp(Z2 - Z2.max(axis=0))
    A2 /= A2.sum(axis=0)
    dZ2 = (Y - A2) / m
    dW2 = dZ2 @ A1.T
    dZ1 = W[:, 1:].T @ dZ2 * activation.derivative(Z1)
    dW1 = 1 / m * (dZ1 @ X.T)
    return dW1, dW2


# m = X.shape[0] after transposing: divided by the number of features instead of examples
def ng_m_is_the_number_of_features(x, r, V, W, activation):
    if x.ndim == 1:
        x = x.reshape(1, -1)
        r = r.reshape(1, -1)
    X, Y = x.T, r.T
    m = X.shape[0]
    Z1 = V[:, 1:] @ X + V[:, :1]
    A1 = activation(Z1)
    Z2 = W[:, 1:] @ A1 + W[:, :1]
    A2 = np.exp(Z2) / np.sum(np.exp(Z2), axis=0)
    dZ2 = Y - A2
    dZ1 = W[:, 1:].T @ dZ2 * activation.derivative(Z1)
    dV = np.c_[dZ1.sum(axis=1), dZ1 @ X.T] / m
    dW = np.c_[dZ2.sum(axis=1), dZ2 @ A1.T] / m
    return dV, dW


# softmax along axis 1 while the examples are columns: normalised over the batch
def ng_softmax_axis1_of_columns(x, r, V, W, activation):
    X, Y = np.atleast_2d(x).T, np.atleast_2d(r).T
    m = X.shape[1]
    Z1 = V[:, 1:].dot(X) + V[:, :1]
    A1 = activation(Z1)
    Z2 = W[:, 1:].dot(A1) + W[:, :1]
    t = np.exp(Z2)
    A2 = t / np.sum(t, axis=1, keepdims=True)
    dZ2 = (Y - A2) / m
    dZ1 = W[:, 1:].T.dot(dZ2) * activation.derivative(Z1)
    ones = np.ones((1, m))
    return dZ1.dot(np.vstack([ones, X]).T), dZ2.dot(np.vstack([ones, A1]).T)


# np.sum without an axis in db1: one number, the same for all hidden units
def ng_db1_sum_without_axis(x, r, V, W, activation):
    X, Y = np.atleast_2d(x).T, np.atleast_2d(r).T
    m = X.shape[1]
    W1, b1 = V[:, 1:], V[:, 0].reshape(-1, 1)
    W2, b2 = W[:, 1:], W[:, 0].reshape(-1, 1)
    Z1 = W1 @ X + b1
    A1 = activation(Z1)
    Z2 = W2 @ A1 + b2
    A2 = np.exp(Z2 - Z2.max(axis=0, keepdims=True))
    A2 /= A2.sum(axis=0, keepdims=True)
    dZ2 = A2 - Y
    dZ1 = np.dot(W2.T, dZ2) * activation.derivative(Z1)
    grads = {"W1": dZ1 @ X.T / m, "b1": np.sum(dZ1) / m,
             "W2": dZ2 @ A1.T / m, "b2": np.sum(dZ2, axis=1) / m}
    dV, dW = np.empty(V.shape), np.empty(W.shape)
    dV[:, 0], dV[:, 1:] = -grads["b1"], -grads["W1"]
    dW[:, 0], dW[:, 1:] = -grads["b2"], -grads["W2"]
    return dV, dW


# a single x is reshaped to a row (1, D) where a column (D, 1) is wanted, so a single example does not fit
def ng_single_example_as_row(x, r, V, W, activation):
    X = x.T if x.ndim == 2 else x.reshape(1, -1)
    Y = r.T if r.ndim == 2 else r.reshape(1, -1)
    m = X.shape[1]
    X1 = np.vstack([np.ones((1, m)), X])
    Z1 = V @ X1
    A1 = np.vstack([np.ones((1, m)), activation(Z1)])
    Z2 = W @ A1
    A2 = np.exp(Z2) / np.exp(Z2).sum(axis=0)
    dZ2 = (Y - A2) / m
    dZ1 = (W.T @ dZ2)[1:, :] * activation.derivative(Z1)
    return dZ1 @ X1.T, dZ2 @ A1.T


# weight decay of the homework (lambda/m * Theta) is still in there
def ng_weight_decay_left_in(x, r, V, W, activation):
    lam = 1.0
    X, Y = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[0]
    a1 = np.hstack([np.ones((m, 1)), X])
    z2 = a1 @ V.T
    a2 = np.hstack([np.ones((m, 1)), activation(z2)])
    h = np.exp(a2 @ W.T)
    h = h / h.sum(axis=1, keepdims=True)
    d3 = h - Y
    d2 = (d3 @ W)[:, 1:] * activation.derivative(z2)
    Theta1_grad = d2.T @ a1 / m
    Theta2_grad = d3.T @ a2 / m
    Theta1_grad[:, 1:] += lam / m * V[:, 1:]
    Theta2_grad[:, 1:] += lam / m * W[:, 1:]
    return -Theta1_grad, -Theta2_grad


# ---------------------------------------------------------------- the one in a hurry

# no gate at all
def hurry_no_gate(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    o = np.ones((len(x), 1))
    x1 = np.hstack([o, x]); y1 = np.hstack([o, activation(x1 @ V.T)])
    z = np.exp(y1 @ W.T); z /= z.sum(1, keepdims=True)
    d = (r - z) / len(x)
    return (d @ W[:, 1:]).T @ x1, d.T @ y1


# the softmax forgotten: r - z_hat
def hurry_no_softmax(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    o = np.ones((len(x), 1))
    x1 = np.hstack([o, x]); s = x1 @ V.T
    y1 = np.hstack([o, activation(s)])
    d = (r - y1 @ W.T) / len(x)
    return (d @ W[:, 1:] * activation.derivative(s)).T @ x1, d.T @ y1


# sum over the batch instead of the mean
def hurry_sum_for_mean(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    x1 = np.insert(x, 0, 1, 1)
    s = x1 @ V.T
    y1 = np.insert(activation(s), 0, 1, 1)
    z = y1 @ W.T
    z = np.exp(z - z.max(1, keepdims=True))
    d = r - z / z.sum(1, keepdims=True)
    return (d @ W[:, 1:] * activation.derivative(s)).T @ x1, d.T @ y1


# the softmax is normalised with the sum over the whole batch (e / e.sum())
def hurry_global_sum(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    s = x @ V[:, 1:].T + V[:, 0]
    y = activation(s)
    e = np.exp(y @ W[:, 1:].T + W[:, 0])
    d = (r - e / e.sum()) / x.shape[0]
    t = d @ W[:, 1:] * activation.derivative(s)
    return np.c_[t.sum(0), t.T @ x], np.c_[d.sum(0), d.T @ y]


# sum over the classes without keepdims: e / e.sum(-1) fits only a single example (or B equal to K, silently)
def hurry_no_keepdims(x, r, V, W, activation):
    one = np.ones(x.shape[:-1] + (1,))
    x1 = np.concatenate([one, x], -1)
    s = x1 @ V.T
    y1 = np.concatenate([one, activation(s)], -1)
    e = np.exp(y1 @ W.T)
    d = r - e / e.sum(-1)
    t = d @ W[:, 1:] * activation.derivative(s)
    if x.ndim == 1:
        return np.outer(t, x1), np.outer(d, y1)
    return t.T @ x1 / len(x), d.T @ y1 / len(x)


# sign right for dV, but dW comes out as the gradient itself
def hurry_sign_only_one(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    o = np.ones((len(x), 1))
    x1 = np.hstack([o, x]); s = x1 @ V.T
    y1 = np.hstack([o, activation(s)])
    p = np.exp(y1 @ W.T); p /= p.sum(1, keepdims=True)
    d = (p - r) / len(x)
    dW = d.T @ y1
    dV = -(d @ W[:, 1:] * activation.derivative(s)).T @ x1
    return dV, dW


# W is stepped first and the error goes back through the new W
def hurry_updated_W_on_the_way_back(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    x1 = np.c_[np.ones(len(x)), x]
    s = x1 @ V.T
    y1 = np.c_[np.ones(len(x)), activation(s)]
    z = np.exp(y1 @ W.T)
    z = z / z.sum(axis=1, keepdims=True)
    d = (r - z) / len(x)
    dW = d.T @ y1
    W = W + 0.5 * dW
    dV = (d @ W[:, 1:] * activation.derivative(s)).T @ x1
    return dV, dW


# returned in the wrong order: (dW, dV)
def hurry_swapped_return(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    x1 = np.c_[np.ones(len(x)), x]
    s = x1 @ V.T
    y1 = np.c_[np.ones(len(x)), activation(s)]
    z = np.exp(y1 @ W.T)
    z /= z.sum(1)[:, None]
    d = (r - z) / len(x)
    dW = d.T @ y1
    dV = (d @ W[:, 1:] * activation.derivative(s)).T @ x1
    return dW, dV


# y_hat is overwritten in place by its activation, so that derivative(y_hat) sees y
def hurry_in_place_activation(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    ones = np.ones((x.shape[0], 1))
    y_hat = np.hstack((ones, x)) @ V.T
    y = y_hat
    y[:] = activation(y_hat)
    z_hat = np.hstack((ones, y)) @ W.T
    z = np.exp(z_hat - z_hat.max(1, keepdims=True))
    z /= z.sum(1, keepdims=True)
    dz = (r - z) / x.shape[0]
    dy = dz @ W[:, 1:]
    dy *= activation.derivative(y_hat)
    return dy.T @ np.hstack((ones, x)), dz.T @ np.hstack((ones, y))


# len(x) as the batch size also for a single example, where it is the number of features
def hurry_len_x_for_single(x, r, V, W, activation):
    n = len(x)
    x1 = np.concatenate([np.ones(x.shape[:-1] + (1,)), x], axis=-1)
    a = x1 @ V.T
    y1 = np.concatenate([np.ones(a.shape[:-1] + (1,)), activation(a)], axis=-1)
    z = y1 @ W.T
    z = np.exp(z - z.max(axis=-1, keepdims=True))
    z = z / z.sum(axis=-1, keepdims=True)
    dz = (r - z) / n
    da = dz @ W[:, 1:] * activation.derivative(a)
    return np.atleast_2d(da).T @ np.atleast_2d(x1), np.atleast_2d(dz).T @ np.atleast_2d(y1)


# the column of ones forgotten in dW: its bias column is zeros (stacked np.zeros)
def hurry_zeros_for_ones_in_dW(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    s = x @ V[:, 1:].T + V[:, 0]
    y = activation(s)
    z = y @ W[:, 1:].T + W[:, 0]
    z = np.exp(z - z.max(1, keepdims=True)); z /= z.sum(1, keepdims=True)
    d = (r - z) / len(x)
    g = d @ W[:, 1:] * activation.derivative(s)
    dW = np.hstack([np.zeros((W.shape[0], 1)), d.T @ y])
    dV = np.hstack([g.sum(0)[:, None], g.T @ x])
    return dV, dW


# forward pass without the bias of the output layer
def hurry_forward_without_W_bias(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    x1 = np.insert(x, 0, 1, axis=1)
    y_hat = x1 @ V.T
    y = activation(y_hat)
    e = np.exp(y @ W[:, 1:].T)
    dz = (r - e / e.sum(1, keepdims=True)) / len(x)
    dy = dz @ W[:, 1:] * activation.derivative(y_hat)
    return dy.T @ x1, dz.T @ np.insert(y, 0, 1, axis=1)


# forward pass without the bias of the hidden layer
def hurry_forward_without_V_bias(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    B = len(x)
    y_hat = np.dot(x, V[:, 1:].T)
    y1 = np.append(np.ones((B, 1)), activation(y_hat), axis=1)
    z_hat = np.dot(y1, W.T)
    e = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    dz = (r - e / e.sum(axis=1, keepdims=True)) / B
    dy = np.dot(dz, W[:, 1:]) * activation.derivative(y_hat)
    return np.dot(dy.T, np.append(np.ones((B, 1)), x, axis=1)), np.dot(dz.T, y1)


# dW built from y_hat instead of y
def hurry_dW_from_preactivation(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    B = len(x)
    pad = lambda t: np.hstack([np.ones((len(t), 1)), t])
    y_hat = pad(x) @ V.T
    y = activation(y_hat)
    z_hat = pad(y) @ W.T
    z = np.exp(z_hat - z_hat.max(1, keepdims=True))
    z = z / z.sum(1, keepdims=True)
    dz_hat = (r - z) / B
    dy_hat = (dz_hat @ W)[:, 1:] * activation.derivative(y_hat)
    return dy_hat.T @ pad(x), dz_hat.T @ pad(y_hat)


# ---------------------------------------------------------------- the MATLAB person

# W(:, 1:end-1): the last column is dropped on the way back instead of the bias column
def matlab_drops_last_column(x, r, V, W, activation):
    X = np.atleast_2d(x)
    R = np.atleast_2d(r)
    m = np.size(X, 0)
    X = np.concatenate((np.ones((m, 1)), X), axis=1)
    A = X @ V.T
    Y = np.concatenate((np.ones((m, 1)), activation(A)), axis=1)
    S = np.exp(Y @ W.T)
    S = S / np.tile(np.sum(S, 1).reshape(m, 1), (1, np.size(S, 1)))
    d = R - S
    dW = d.T @ Y / m
    dV = (activation.derivative(A) * (d @ W[:, 0:-1])).T @ X / m
    return dV, dW


# 1-based thinking: W[:, 2:] to take away the bias column
def matlab_one_based_slice(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[0]
    X = np.hstack((np.ones((m, 1)), X))
    A = X @ V.T
    Y = np.hstack((np.ones((m, 1)), activation(A)))
    Q = np.exp(Y @ W.T)
    Q = Q / np.sum(Q, 1, keepdims=True)
    d = (R - Q) / m
    dW = d.T @ Y
    dV = ((d @ W[:, 2:]) * activation.derivative(A)).T @ X
    return dV, dW


# max(Z) is per column in MATLAB: the maximum over the batch is taken off, a different number for each class
def matlab_max_down_the_columns(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    (m, n) = X.shape
    A = X @ V[:, 1:].T + np.tile(V[:, 0], (m, 1))
    Y = activation(A)
    Z = Y @ W[:, 1:].T + np.tile(W[:, 0], (m, 1))
    Z = Z - np.max(Z, 0)
    E = np.exp(Z)
    P = E / np.sum(E, 1).reshape(-1, 1)
    D = (R - P) / m
    dW = np.hstack((np.sum(D, 0).reshape(-1, 1), D.T @ Y))
    D1 = D @ W[:, 1:] * activation.derivative(A)
    dV = np.hstack((np.sum(D1, 0).reshape(-1, 1), D1.T @ X))
    return dV, dW


# length(r) of MATLAB, the longest side, taken for the number of examples
def matlab_length(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    N = max(R.shape)
    e1 = np.ones((X.shape[0], 1))
    Net = np.hstack([e1, X]) @ V.T
    Y = np.hstack([e1, activation(Net)])
    P = np.exp(Y @ W.T)
    P = P / P.sum(1).reshape(-1, 1)
    Err = R - P
    dW = Err.T @ Y / N
    dV = (Err @ W[:, 1:] * activation.derivative(Net)).T @ np.hstack([e1, X]) / N
    return dV, dW


# reshape to (H, B) where a transpose belongs: shapes fit, the numbers are shuffled
def matlab_reshape_for_transpose(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[0]
    H = V.shape[0]
    X1 = np.hstack((np.ones((m, 1)), X))
    A = X1 @ V.T
    Y1 = np.hstack((np.ones((m, 1)), activation(A)))
    Z = np.exp(Y1 @ W.T)
    Z = Z / np.sum(Z, axis=1).reshape(m, 1)
    D2 = (R - Z) / m
    D1 = (D2 @ W[:, 1:]) * activation.derivative(A)
    return np.reshape(D1, (H, m)) @ X1, D2.T @ Y1


# [X ones]: the ones are put at the end of x (for V), column 0 is taken for the first feature
def matlab_ones_at_the_end_of_x(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[0]
    X = np.hstack((X, np.ones((m, 1))))
    A = X @ V.T
    Y = np.hstack((np.ones((m, 1)), activation(A)))
    Z = Y @ W.T
    P = np.exp(Z - np.max(Z, 1).reshape(m, 1))
    P = P / np.sum(P, 1).reshape(m, 1)
    d3 = (R - P) / m
    d2 = d3 @ W
    d2 = d2[:, 1:] * activation.derivative(A)
    return d2.T @ X, d3.T @ Y


# grad(:) unrolled column by column (order F) and rolled up again row by row
def matlab_unrolled_in_F_order(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[0]
    X = np.hstack((np.ones((m, 1)), X))
    A = X @ V.T
    Y = np.hstack((np.ones((m, 1)), activation(A)))
    P = np.exp(Y @ W.T)
    P = P / np.sum(P, 1).reshape(m, 1)
    d3 = (R - P) / m
    d2 = (d3 @ W[:, 1:]) * activation.derivative(A)
    grad = np.concatenate(((d2.T @ X).flatten('F'), (d3.T @ Y).flatten('F')))
    return grad[:V.size].reshape(V.shape), grad[V.size:].reshape(W.shape)


# delta(1:end-1) for delta(2:end): the bias unit's delta is kept and the last hidden unit's dropped
def matlab_bias_unit_kept_in_delta(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[0]
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for t in range(m):
        a1 = np.vstack(([[1.0]], X[t].reshape(-1, 1)))
        z2 = V @ a1
        a2 = np.vstack(([[1.0]], activation(z2)))
        z3 = W @ a2
        a3 = np.exp(z3) / np.sum(np.exp(z3))
        d3 = R[t].reshape(-1, 1) - a3
        d2 = (W.T @ d3) * activation.derivative(np.vstack(([[1.0]], z2)))
        d2 = d2[:-1]
        dV = dV + d2 @ a1.T
        dW = dW + d3 @ a2.T
    return dV / m, dW / m


# activation of the layer with its 1 already stuck on: the bias unit becomes activation(1)
def matlab_activation_of_the_bias_unit(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[0]
    X = np.hstack((np.ones((m, 1)), X))
    Net = np.hstack((np.ones((m, 1)), X @ V.T))
    Y = activation(Net)
    Z = Y @ W.T
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    d = (R - P) / m
    back = (d @ W) * activation.derivative(Net)
    return back[:, 1:].T @ X, d.T @ Y


# ---------------------------------------------------------------- the one who vectorizes with einsum and tensordot

# the batch index is summed before x comes in: mean delta times mean x
def einsum_batch_summed_too_early(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = X.shape[0]
    X1 = np.concatenate([np.ones((B, 1)), X], 1)
    s = np.einsum('hd,bd->bh', V, X1)
    Y1 = np.concatenate([np.ones((B, 1)), activation(s)], 1)
    z = np.einsum('kh,bh->bk', W, Y1)
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (R - p) / B
    dh = np.einsum('bk,kh,bh->h', d, W[:, 1:], activation.derivative(s))
    return np.einsum('h,d->hd', dh, X1.mean(0)), np.einsum('bk,bh->kh', d, Y1)


# mistyped letter: 'bk,ch->kh' sums the two batches independently
def einsum_mistyped_letter(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = X.shape[0]
    X1 = np.pad(X, ((0, 0), (1, 0)), constant_values=1)
    s = np.einsum('bi,hi->bh', X1, V)
    Y1 = np.pad(activation(s), ((0, 0), (1, 0)), constant_values=1)
    z = np.einsum('bh,kh->bk', Y1, W)
    p = np.exp(z - z.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    d = (R - p) / B
    dW = np.einsum('bk,ch->kh', d, Y1)
    dV = np.einsum('bk,kh,bh,bi->hi', d, W[:, 1:], activation.derivative(s), X1)
    return dV, dW


# softmax Jacobian with a plus: diag(p) + p p^T
def einsum_jacobian_plus(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B, K = R.shape
    X1 = np.hstack([np.ones((B, 1)), X])
    s = X1 @ V.T
    Y1 = np.hstack([np.ones((B, 1)), activation(s)])
    p = np.exp(Y1 @ W.T)
    p /= p.sum(1, keepdims=True)
    J = np.einsum('bk,kl->bkl', p, np.eye(K)) + np.einsum('bk,bl->bkl', p, p)
    d = np.einsum('bk,bkl->bl', R / p, J) / B
    dW = np.einsum('bk,bh->kh', d, Y1)
    dV = np.einsum('bk,kh,bh,bd->hd', d, W[:, 1:], activation.derivative(s), X1)
    return dV, dW


# only the diagonal of the softmax Jacobian: r/p * p(1-p)
def einsum_jacobian_diagonal_only(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    s = np.einsum('bd,hd->bh', X, V[:, 1:]) + V[:, 0]
    y = activation(s)
    z = np.einsum('bh,kh->bk', y, W[:, 1:]) + W[:, 0]
    p = np.exp(z) / np.einsum('bk->b', np.exp(z))[:, None]
    d = np.einsum('bk,bk->bk', R / p, p * (1 - p)) / B
    g = np.einsum('bk,kh,bh->bh', d, W[:, 1:], activation.derivative(s))
    dW = np.concatenate([np.einsum('bk->k', d)[:, None], np.einsum('bk,bh->kh', d, y)], 1)
    dV = np.concatenate([np.einsum('bh->h', g)[:, None], np.einsum('bh,bd->hd', g, X)], 1)
    return dV, dW


# the Jacobian of the softmax is left out altogether: pull on the logits taken as r / p
def einsum_no_jacobian(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.insert(X, 0, 1, axis=-1)
    s = np.einsum('ij,kj->ik', X1, V)
    Y1 = np.insert(activation(s), 0, 1, axis=-1)
    z = np.einsum('ij,kj->ik', Y1, W)
    p = np.exp(z - z.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    d = R / p / B
    return (np.einsum('ik,kj,ij,il->jl', d, W[:, 1:], activation.derivative(s), X1),
            np.einsum('ik,ij->kj', d, Y1))


# softmax slope p(1-p) multiplied on top of r - p
def einsum_extra_softmax_slope(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.insert(X, 0, 1, axis=1)
    s = np.tensordot(X1, V, axes=(1, 1))
    Y1 = np.insert(activation(s), 0, 1, axis=1)
    z = np.tensordot(Y1, W, axes=(1, 1))
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (R - p) * p * (1 - p) / B
    back = np.tensordot(d, W[:, 1:], axes=(1, 0)) * activation.derivative(s)
    return np.tensordot(back, X1, axes=(0, 0)), np.tensordot(d, Y1, axes=(0, 0))


# W reshaped to (H+1, K) instead of transposed on the way back
def einsum_W_reshaped(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.insert(X, 0, 1, axis=1)
    s = np.einsum('bd,hd->bh', X1, V)
    Y1 = np.insert(activation(s), 0, 1, axis=1)
    z = np.einsum('bh,kh->bk', Y1, W)
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (R - p) / B
    WT = W.reshape(W.shape[1], W.shape[0])[1:]
    g = np.einsum('bk,hk->bh', d, WT) * activation.derivative(s)
    return np.einsum('bh,bd->hd', g, X1), np.einsum('bk,bh->kh', d, Y1)


# the gate is the derivative at the pulled-back error instead of at the sum
def einsum_gate_at_the_error(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.c_[np.ones(B), X]
    s = np.einsum('bd,hd->bh', X1, V)
    Y1 = np.c_[np.ones(B), activation(s)]
    z = np.einsum('bh,kh->bk', Y1, W)
    p = np.exp(z - np.log(np.exp(z).sum(1, keepdims=True)))
    d = R - p
    g = np.einsum('bk,kh->bh', d, W[:, 1:])
    g = activation.derivative(g) * g
    return np.einsum('bh,bd->hd', g, X1) / B, np.einsum('bk,bh->kh', d, Y1) / B


# output transposed: dW comes as (H+1, K)
def einsum_dW_transposed(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.c_[np.ones(B), X]
    s = X1 @ V.T
    Y1 = np.c_[np.ones(B), activation(s)]
    z = Y1 @ W.T
    p = np.exp(z - z.max(1)[:, None])
    p /= p.sum(1)[:, None]
    d = (R - p) / B
    dW = np.einsum('bh,bk->hk', Y1, d)
    dV = np.einsum('bh,bd->hd', d @ W[:, 1:] * activation.derivative(s), X1)
    return dV, dW


# the gate is averaged over the batch before it meets the error
def einsum_gate_averaged_over_batch(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.c_[np.ones(B), X]
    s = X1 @ V.T
    Y1 = np.c_[np.ones(B), activation(s)]
    z = Y1 @ W.T
    p = np.exp(z - z.max(1)[:, None])
    p /= p.sum(1)[:, None]
    d = (R - p) / B
    gate = np.einsum('bh->h', activation.derivative(s)) / B
    dV = np.einsum('bk,kh,h,bd->hd', d, W[:, 1:], gate, X1)
    dW = np.einsum('bk,bh->kh', d, Y1)
    return dV, dW


# ---------------------------------------------------------------- others: list comprehensions, recursion, numeric gradients

# zip of the gate with W.T, whose first row is the bias: all units shifted by one, the last row silently dropped
def zip_starts_at_the_bias(x, r, V, W, activation):
    def one(x, r):
        x1 = np.array([1.0, *x])
        s = np.array([v @ x1 for v in V])
        y1 = np.array([1.0, *activation(s)])
        z = np.array([w @ y1 for w in W])
        p = np.exp(z - z.max())
        d = r - p / p.sum()
        t = [g * (w @ d) for g, w in zip(activation.derivative(s), W.T)]
        return np.array([[ti * xi for xi in x1] for ti in t]), np.array([[di * yi for yi in y1] for di in d])
    if x.ndim == 1:
        return one(x, r)
    both = [one(a, b) for a, b in zip(x, r)]
    return sum(v for v, _ in both) / len(both), sum(w for _, w in both) / len(both)


# recursion over the layers that gates the output layer too (activation slope at z_hat on delta)
def recursive_gate_on_output_too(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    weights, grads = [V, W], []
    def go(level, h):
        if level == len(weights):
            return None
        h1 = np.hstack([np.ones((len(h), 1)), h])
        s = h1 @ weights[level].T
        if level == len(weights) - 1:
            e = np.exp(s - s.max(1, keepdims=True))
            up = (R - e / e.sum(1, keepdims=True)) / len(X)
        else:
            up = go(level + 1, activation(s))
        delta = up * activation.derivative(s)
        grads.insert(0, delta.T @ h1)
        return delta @ weights[level][:, 1:]
    go(0, X)
    return grads[0], grads[1]


# recursion over halves of the batch, averaging the halves as if they were of the same size (wrong for an odd batch only)
def recursive_halves_unweighted(x, r, V, W, activation):
    if x.ndim == 2:
        if len(x) == 1:
            return recursive_halves_unweighted(x[0], r[0], V, W, activation)
        c = len(x) // 2
        a = recursive_halves_unweighted(x[:c], r[:c], V, W, activation)
        b = recursive_halves_unweighted(x[c:], r[c:], V, W, activation)
        return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    x1 = np.r_[1.0, x]
    s = V @ x1
    y1 = np.r_[1.0, activation(s)]
    p = np.exp(W @ y1)
    d = r - p / p.sum()
    return np.outer(W[:, 1:].T @ d * activation.derivative(s), x1), np.outer(d, y1)


# finite differences, central, but divided by eps instead of 2 eps: twice too large
def numeric_divided_by_eps(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    def loss(V, W):
        y = activation(X @ V[:, 1:].T + V[:, 0])
        z = y @ W[:, 1:].T + W[:, 0]
        z = z - z.max(1, keepdims=True)
        return -np.mean(np.sum(R * (z - np.log(np.exp(z).sum(1, keepdims=True))), axis=1))
    eps = 1e-5
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for idx in np.ndindex(*V.shape):
        up, down = V.copy(), V.copy()
        up[idx] += eps
        down[idx] -= eps
        dV[idx] = -(loss(up, W) - loss(down, W)) / eps
    for idx in np.ndindex(*W.shape):
        up, down = W.copy(), W.copy()
        up[idx] += eps
        down[idx] -= eps
        dW[idx] = -(loss(V, up) - loss(V, down)) / eps
    return dV, dW


# finite differences without putting the weight back: base loss stays at the start while all earlier weights remain moved
def numeric_weight_not_put_back(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    params = [V.copy(), W.copy()]
    def loss():
        v, w = params
        y1 = np.insert(activation(np.insert(X, 0, 1, axis=1) @ v.T), 0, 1, axis=1)
        z = y1 @ w.T
        logz = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return -(R * logz).sum() / len(X)
    h = 1e-6
    base = loss()
    out = []
    for p in params:
        g = np.zeros(p.shape)
        for i in range(p.shape[0]):
            for j in range(p.shape[1]):
                p[i, j] += h
                g[i, j] = -(loss() - base) / h
        out.append(g)
    return tuple(out)


# np.outer of the whole batch: it flattens, and the result has the shape (B*K, B*(H+1))
def outer_flattens_the_batch(x, r, V, W, activation):
    n = 1 if x.ndim == 1 else x.shape[0]
    x1 = np.concatenate((np.ones(x.shape[:-1] + (1,)), x), axis=-1)
    a = np.dot(x1, V.T)
    y1 = np.concatenate((np.ones(a.shape[:-1] + (1,)), activation(a)), axis=-1)
    z = np.dot(y1, W.T)
    z = np.exp(z - np.max(z, axis=-1, keepdims=True))
    z = z / np.sum(z, axis=-1, keepdims=True)
    delta = (r - z) / n
    back = np.dot(delta, W[:, 1:]) * activation.derivative(a)
    return np.outer(back, x1), np.outer(delta, y1)


# mean over the wrong axis for dV: over the hidden units (axis 1) instead of the examples (axis 0), so that it has the shape (B, D+1)
def mean_over_hidden_units(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.c_[np.ones(len(X)), X]
    s = X1 @ V.T
    Y1 = np.c_[np.ones(len(X)), activation(s)]
    z = Y1 @ W.T
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    d = (R - p)[:, :, None]
    t = ((R - p) @ W[:, 1:] * activation.derivative(s))[:, :, None]
    dW = (d * Y1[:, None, :]).mean(axis=0)
    dV = (t * X1[:, None, :]).mean(axis=1)
    return dV, dW


# np.insert without axis flattens the batch before the ones go in
def insert_without_axis(x, r, V, W, activation):
    x1 = np.insert(x, 0, 1)
    s = V @ x1
    y1 = np.insert(activation(s), 0, 1)
    z = W @ y1
    p = np.exp(z - z.max())
    p = p / p.sum()
    d = r - p
    return np.outer(W[:, 1:].T @ d * activation.derivative(s), x1), np.outer(d, y1)


# the gate of the hidden layer got into dW: y * derivative(y_hat) instead of y
def gate_in_dW(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.hstack((np.ones((n, 1)), X))
    s = X1 @ V.T
    y, slope = activation(s), activation.derivative(s)
    z = np.hstack((np.ones((n, 1)), y)) @ W.T
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    delta = (R - p) / n
    dV = (delta @ W[:, 1:] * slope).T @ X1
    dW = delta.T @ np.hstack((np.ones((n, 1)), y * slope))
    return dV, dW


# a relu gate (y_hat > 0) by habit, whatever the activation
def gate_always_relu(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = X.shape[0]
    h_pre = X.dot(V[:, 1:].T) + V[:, 0]
    h = activation(h_pre)
    scores = h.dot(W[:, 1:].T) + W[:, 0]
    scores -= np.max(scores, axis=1, keepdims=True)
    probs = np.exp(scores)
    probs /= np.sum(probs, axis=1, keepdims=True)
    dscores = (R - probs) / n
    dh = dscores.dot(W[:, 1:])
    dh[h_pre <= 0] = 0
    dV = np.hstack([np.sum(dh, axis=0)[:, None], dh.T.dot(X)])
    dW = np.hstack([np.sum(dscores, axis=0)[:, None], dscores.T.dot(h)])
    return dV, dW


# dz = p is no copy: `p -= r` for the error changes the p that is read again for the way back to V (r - p becomes 2r - p)
def shared_array_changed_in_place(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = X.shape[0]
    X1 = np.c_[np.ones(n), X]
    s = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(s)]
    z = Y1 @ W.T
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    err = p
    err -= R
    dW = -err.T @ Y1 / n
    pulled = (R - p) @ W[:, 1:]
    dV = (pulled * activation.derivative(s)).T @ X1 / n
    return dV, dW


# the ellipsis is left out of the einsum result: numpy refuses to sum over it in a batch
def einsum_ellipsis_dropped(x, r, V, W, activation):
    pad = lambda t: np.concatenate([np.ones(t.shape[:-1] + (1,)), t], -1)
    s = np.einsum('hd,...d->...h', V, pad(x))
    y1 = pad(activation(s))
    z = np.einsum('kh,...h->...k', W, y1)
    e = np.exp(z - z.max(-1, keepdims=True))
    d = (r - e / e.sum(-1, keepdims=True)) / (1 if x.ndim == 1 else len(x))
    g = np.einsum('...k,kh->...h', d, W[:, 1:]) * activation.derivative(s)
    return np.einsum('...h,...d->hd', g, pad(x)), np.einsum('...k,...h->kh', d, y1)


# one-sided difference with a step of 0.1: far too large
def numeric_step_too_large(x, r, V, W, activation, h=0.1):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    def E(v, w):
        z = activation(X @ v[:, 1:].T + v[:, 0]) @ w[:, 1:].T + w[:, 0]
        z = z - z.max(1, keepdims=True)
        return np.mean(-np.sum(R * (z - np.log(np.sum(np.exp(z), 1, keepdims=True))), 1))
    dV, dW = np.zeros_like(V), np.zeros_like(W)
    for j in range(V.size):
        step = np.zeros(V.size)
        step[j] = h
        dV.flat[j] = (E(V, W) - E(V + step.reshape(V.shape), W)) / h
    for j in range(W.size):
        step = np.zeros(W.size)
        step[j] = h
        dW.flat[j] = (E(V, W) - E(V, W + step.reshape(W.shape))) / h
    return dV, dW


# finite differences in float32 with a step of 1e-6: nothing left but rounding
def numeric_in_float32(x, r, V, W, activation):
    X, R = np.atleast_2d(x).astype(np.float32), np.atleast_2d(r).astype(np.float32)
    v, w = V.astype(np.float32), W.astype(np.float32)
    eps = np.float32(1e-6)
    def E():
        z = activation(X @ v[:, 1:].T + v[:, 0]) @ w[:, 1:].T + w[:, 0]
        z = z - z.max(1, keepdims=True)
        return -(R * (z - np.log(np.exp(z).sum(1, keepdims=True)))).sum(1).mean()
    grads = []
    for M in (v, w):
        G = np.zeros(M.shape, np.float32)
        for i in np.ndindex(*M.shape):
            old = M[i]
            M[i] = old + eps
            up = E()
            M[i] = old - eps
            G[i] = -(up - E()) / (2 * eps)
            M[i] = old
        grads.append(G)
    return grads[0], grads[1]


# V is stepped first and y is worked out again with the new V before dW is taken
def stepped_V_before_dW(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.insert(X, 0, 1, axis=1)
    def forward(v):
        s = X1 @ v.T
        y1 = np.insert(activation(s), 0, 1, axis=1)
        z = y1 @ W.T
        e = np.exp(z - z.max(1, keepdims=True))
        return s, y1, (R - e / e.sum(1, keepdims=True)) / len(X)
    s, y1, d = forward(V)
    dV = (d @ W[:, 1:] * activation.derivative(s)).T @ X1
    s, y1, d = forward(V + dV)
    return dV, d.T @ y1


# softmax without brackets: np.exp(z) - max instead of np.exp(z - max)
def max_outside_the_exponential(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    s = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(s)]
    z = Y1 @ W.T
    e = np.exp(z) - z.max(axis=1, keepdims=True)
    p = e / e.sum(axis=1, keepdims=True)
    d = (R - p) / n
    return (d @ W[:, 1:] * activation.derivative(s)).T @ X1, d.T @ Y1


# brackets left out: r - p / n divides only the probabilities by the batch size
def brackets_left_out(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.c_[np.ones(n), X]
    s = X1 @ V.T
    Y1 = np.c_[np.ones(n), activation(s)]
    p = np.exp(Y1 @ W.T)
    p /= p.sum(axis=1, keepdims=True)
    d = R - p / n
    return (d @ W[:, 1:] * activation.derivative(s)).T @ X1, d.T @ Y1


# activation applied to the output layer too, before the softmax (and not on the way back)
def activation_on_the_logits(x, r, V, W, activation):
    def layer(M, t):
        return activation(np.c_[np.ones(len(t)), t] @ M.T)
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    y = layer(V, X)
    o = layer(W, y)
    p = np.exp(o) / np.exp(o).sum(1, keepdims=True)
    d = (R - p) / len(X)
    g = d @ W[:, 1:] * activation.derivative(np.c_[np.ones(len(X)), X] @ V.T)
    return g.T @ np.c_[np.ones(len(X)), X], d.T @ np.c_[np.ones(len(X)), y]


# ==================== BACKWARD_PAIRS ====================

# (1) no minus sign at the end and (2) divided by B*K instead of B
def pair_positive_and_mean_of_all(x, r, V, W, activation):
    X, T = np.atleast_2d(x), np.atleast_2d(r)
    Xe = np.concatenate([np.ones((len(X), 1)), X], 1)
    a = Xe @ V.T
    He = np.concatenate([np.ones((len(X), 1)), activation(a)], 1)
    lo = He @ W.T
    p = np.exp(lo - lo.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    g = (p - T) / T.size
    return (g @ W[:, 1:] * activation.derivative(a)).T @ Xe, g.T @ He


# (1) gate at the output y and (2) sum over the batch instead of the mean
def pair_gate_at_y_and_sum(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for xi, ri in zip(X, R):
        x1 = np.append(1, xi)
        y = activation(V @ x1)
        y1 = np.append(1, y)
        z = W @ y1
        z = np.exp(z - z.max())
        z /= z.sum()
        e = ri - z
        dW += np.outer(e, y1)
        dV += np.outer(W[:, 1:].T @ e * activation.derivative(y), x1)
    return dV, dW


# (1) last column of W dropped instead of the bias and (2) no gate
def pair_last_column_and_no_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = len(X)
    X1 = np.hstack([np.ones((m, 1)), X])
    Y1 = np.hstack([np.ones((m, 1)), activation(X1 @ V.T)])
    P = np.exp(Y1 @ W.T)
    P = P / P.sum(1, keepdims=True)
    D = (R - P) / m
    return (D @ W[:, :-1]).T @ X1, D.T @ Y1


# (1) softmax over the batch axis and (2) bias gradients without 1/m
def pair_softmax_axis_and_bias_not_averaged(x, r, V, W, activation):
    X, Y = np.atleast_2d(x).T, np.atleast_2d(r).T
    m = X.shape[1]
    Z1 = V[:, 1:] @ X + V[:, [0]]
    A1 = activation(Z1)
    Z2 = W[:, 1:] @ A1 + W[:, [0]]
    E = np.exp(Z2 - Z2.max())
    A2 = E / E.sum(axis=1, keepdims=True)
    dZ2 = Y - A2
    dZ1 = W[:, 1:].T @ dZ2 * activation.derivative(Z1)
    return (np.hstack([dZ1.sum(1, keepdims=True), dZ1 @ X.T / m]),
            np.hstack([dZ2.sum(1, keepdims=True), dZ2 @ A1.T / m]))


# (1) softmax forgotten in the error and (2) bias column of dW left at zero
def pair_no_softmax_and_zero_bias(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(B):
        a = V[:, 0] + V[:, 1:] @ X[b]
        y = activation(a)
        z = W[:, 0] + W[:, 1:] @ y
        err = R[b] - z
        hid = err @ W[:, 1:] * activation.derivative(a)
        for k in range(W.shape[0]):
            for j in range(1, W.shape[1]):
                dW[k, j] += err[k] * y[j - 1] / B
        for j in range(V.shape[0]):
            dV[j, 0] += hid[j] / B
            for i in range(1, V.shape[1]):
                dV[j, i] += hid[j] * X[b, i - 1] / B
    return dV, dW


# (1) sigmoid outputs instead of softmax and (2) hard-coded y(1-y) gate
def pair_sigmoid_out_and_sigmoid_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[0]
    a1 = np.hstack((np.ones((m, 1)), X))
    a2 = np.hstack((np.ones((m, 1)), activation(a1 @ V.T)))
    a3 = 1 / (1 + np.exp(-(a2 @ W.T)))
    d3 = R - a3
    d2 = (d3 @ W * a2 * (1 - a2))[:, 1:]
    return d2.T @ a1 / m, d3.T @ a2 / m


# (1) ones at the end for y and (2) gradient, not its negative
def pair_ones_last_and_sign(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    x1 = np.insert(x, 0, 1, axis=1)
    s = x1 @ V.T
    y1 = np.append(activation(s), np.ones((len(x), 1)), axis=1)
    z = y1 @ W.T
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    g = (p - r) / len(x)
    gW = g.T @ y1
    gV = (g @ W[:, :-1] * activation.derivative(s)).T @ x1
    return gV, gW


# (1) only the diagonal of the softmax Jacobian and (2) the loop assigns instead of adds, so the last example counts alone
def pair_diagonal_and_last_example(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    for xi, ri in zip(X, R):
        x1 = np.r_[1, xi]
        s = V @ x1
        y1 = np.r_[1, activation(s)]
        p = np.exp(W @ y1)
        p = p / p.sum()
        d = (ri / p) * (p * (1 - p))
        dW = np.outer(d, y1) / len(X)
        dV = np.outer(d @ W[:, 1:] * activation.derivative(s), x1) / len(X)
    return dV, dW


# (1) log-probabilities where probabilities belong and (2) 1/B twice in dV
def pair_logp_and_twice_mean(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.c_[np.ones(B), X]
    s = np.einsum('bd,hd->bh', X1, V)
    Y1 = np.c_[np.ones(B), activation(s)]
    z = np.einsum('bh,kh->bk', Y1, W)
    logp = z - np.log(np.exp(z).sum(1, keepdims=True))
    d = (R - logp) / B
    dW = np.einsum('bk,bh->kh', d, Y1)
    dV = np.einsum('bk,kh,bh,bd->hd', d, W[:, 1:], activation.derivative(s), X1) / B
    return dV, dW


# (1) the output bias forgotten in the forward pass and (2) the gate at the error instead of the sum
def pair_no_W_bias_and_gate_at_error(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    x1 = np.insert(x, 0, 1, axis=1)
    s = x1 @ V.T
    y = activation(s)
    e = np.exp(y @ W[:, 1:].T)
    d = (r - e / e.sum(1, keepdims=True)) / len(x)
    back = d @ W[:, 1:]
    back = back * activation.derivative(back)
    return back.T @ x1, d.T @ np.insert(y, 0, 1, axis=1)


# (1) W stepped before the way back and (2) label smoothing left in
def pair_updated_W_and_smoothing(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    r = 0.9 * r + 0.1 / r.shape[1]
    n = len(x)
    pre = x @ V[:, 1:].T + V[:, 0]
    h = activation(pre)
    lo = h @ W[:, 1:].T + W[:, 0]
    p = np.exp(lo - lo.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (r - p) / n
    dW = np.hstack([d.sum(0)[:, None], d.T @ h])
    W = W + dW
    t = d @ W[:, 1:] * activation.derivative(pre)
    return np.hstack([t.sum(0)[:, None], t.T @ x]), dW


# (1) off by one in the weight index on the way back and (2) sum over the outputs not reset between units
def pair_index_and_no_reset(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    N, H, K = len(X), V.shape[0], W.shape[0]
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for n in range(N):
        x1 = np.hstack(([1], X[n]))
        a = V @ x1
        y1 = np.hstack(([1], activation(a)))
        z = W @ y1
        p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        total = 0
        for j in range(H):
            for k in range(K):
                total += (R[n, k] - p[k]) * W[k, j]
            dV[j] += total * activation.derivative(a[j]) * x1 / N
        for k in range(K):
            dW[k] += (R[n, k] - p[k]) * y1 / N
    return dV, dW


# (1) batch summed too early (mean delta times mean x) and (2) sign of dW the wrong way round
def pair_early_batch_sum_and_sign_dW(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.c_[np.ones(len(X)), X]
    s = X1 @ V.T
    Y1 = np.c_[np.ones(len(X)), activation(s)]
    z = Y1 @ W.T
    p = np.exp(z - z.max(1, keepdims=True))
    p = p / p.sum(1, keepdims=True)
    d = p - R
    dW = np.einsum('bk,bh->kh', d, Y1) / len(X)
    g = -(d @ W[:, 1:] * activation.derivative(s))
    return np.outer(g.mean(0), X1.mean(0)), dW


# (1) m read off the wrong axis (features) and (2) reshape instead of transpose for dV
def pair_m_features_and_reshape(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = X.shape[1]
    B = X.shape[0]
    X1 = np.hstack((np.ones((B, 1)), X))
    A = X1 @ V.T
    Y1 = np.hstack((np.ones((B, 1)), activation(A)))
    Z = np.exp(Y1 @ W.T)
    Z = Z / np.sum(Z, 1).reshape(B, 1)
    D2 = R - Z
    D1 = (D2 @ W[:, 1:]) * activation.derivative(A)
    return D1.reshape(V.shape[0], B) @ X1 / m, D2.T @ Y1 / m


# (1) targets by argmax and (2) bias gradient put last
def pair_argmax_and_bias_last(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    t = np.eye(R.shape[1])[R.argmax(1)]
    lin = X @ V[:, 1:].T + V[:, 0]
    h = activation(lin)
    o = h @ W[:, 1:].T + W[:, 0]
    e = np.exp(o - o.max(1, keepdims=True))
    d = (t - e / e.sum(1, keepdims=True)) / len(X)
    g = d @ W[:, 1:] * activation.derivative(lin)
    return np.column_stack([g.T @ X, g.sum(0)]), np.column_stack([d.T @ h, d.sum(0)])


# (1) extra softmax slope on delta and (2) hidden bias forgotten in the forward pass
def pair_extra_slope_and_no_V_bias(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    s = X @ V[:, 1:].T
    y = activation(s)
    z = y @ W[:, 1:].T + W[:, 0]
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (R - p) * p * (1 - p) / B
    g = d @ W[:, 1:] * activation.derivative(s)
    return np.c_[g.sum(0), g.T @ X], np.c_[d.sum(0), d.T @ y]


# (1) returned as (dW, dV) and (2) gate missing
def pair_swapped_and_no_gate(x, r, V, W, activation):
    if x.ndim == 1:
        x, r = x[None], r[None]
    ones = np.ones((len(x), 1))
    x1 = np.hstack([ones, x])
    y1 = np.hstack([ones, activation(x1 @ V.T)])
    z = np.exp(y1 @ W.T)
    z = z / z.sum(axis=1, keepdims=True)
    dW = (r - z).T @ y1 / len(x)
    dV = ((r - z) @ W[:, 1:]).T @ x1 / len(x)
    return dW, dV


# (1) numeric gradient with forward difference over 2 eps (half) and (2) loss averaged over classes as well
def pair_numeric_half_and_mean_over_all(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    def E(v, w):
        y1 = np.c_[np.ones(len(X)), activation(np.c_[np.ones(len(X)), X] @ v.T)]
        z = y1 @ w.T
        logp = z - np.log(np.exp(z).sum(1, keepdims=True))
        return -np.mean(R * logp)
    h = 1e-6
    e0 = E(V, W)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for i in range(V.shape[0]):
        for j in range(V.shape[1]):
            v = V.copy()
            v[i, j] += h
            dV[i, j] = -(E(v, W) - e0) / (2 * h)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            w = W.copy()
            w[i, j] += h
            dW[i, j] = -(E(V, w) - e0) / (2 * h)
    return dV, dW


# (1) dW from y_hat instead of y and (2) the error goes back gated on the output side too
def pair_preactivation_and_output_gate(x, r, V, W, activation):
    class Layer:
        def __init__(self, M):
            self.M = M
        def forward(self, a):
            self.a1 = np.hstack([np.ones((len(a), 1)), a])
            self.s = self.a1 @ self.M.T
            return self.s
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    l1, l2 = Layer(V), Layer(W)
    s = l1.forward(X)
    o = l2.forward(activation(s))
    p = np.exp(o - o.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (R - p) * activation.derivative(l2.s) / len(X)
    g = (d @ W)[:, 1:] * activation.derivative(l1.s)
    return g.T @ l1.a1, d.T @ np.hstack([np.ones((len(X), 1)), l1.s])


# (1) hidden units shifted by zip starting at the bias and (2) sum for mean
def pair_zip_and_sum(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = 0.0 * V, 0.0 * W
    for xb, rb in zip(X, R):
        x1 = np.array([1.0, *xb])
        s = V @ x1
        y1 = np.array([1.0, *activation(s)])
        q = np.exp(W @ y1)
        d = rb - q / sum(q)
        for j, (slope, col) in enumerate(zip(activation.derivative(s), W.T)):
            dV[j] += slope * np.dot(col, d) * x1
        for k, dk in enumerate(d):
            dW[k] += dk * y1
    return dV, dW


# (1) softmax shift per class over the batch (max axis 0) and (2) gate averaged over the batch
def pair_max_axis_and_mean_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    X1 = np.pad(X, ((0, 0), (1, 0)), constant_values=1.0)
    s = X1 @ V.T
    Y1 = np.pad(activation(s), ((0, 0), (1, 0)), constant_values=1.0)
    z = Y1 @ W.T
    e = np.exp(z - z.max(0))
    d = (R - e / e.sum(1, keepdims=True)) / B
    g = d @ W[:, 1:] * activation.derivative(s).mean(0)
    return g.T @ X1, d.T @ Y1


# (1) single example divided by len(x) and (2) r / p without the softmax Jacobian
def pair_len_and_no_jacobian(x, r, V, W, activation):
    n = len(x)
    cat = lambda t: np.concatenate([np.ones(t.shape[:-1] + (1,)), t], axis=-1)
    a = cat(x) @ V.T
    y = activation(a)
    z = cat(y) @ W.T
    p = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    dz = r / p
    da = dz @ W[:, 1:] * activation.derivative(a)
    up = lambda t: t.reshape(-1, t.shape[-1])
    return up(da).T @ up(cat(x)) / n, up(dz).T @ up(cat(y)) / n


# ==================== BACKWARD_RIGHT ====================

# right: loops and Python's math only
def right_loops_only(x, r, V, W, activation):
    xs = [list(x)] if x.ndim == 1 else [list(row) for row in x]
    rs = [list(r)] if r.ndim == 1 else [list(row) for row in r]
    H, D, K = len(V), len(V[0]) - 1, len(W)
    dV = [[0.0] * (D + 1) for _ in range(H)]
    dW = [[0.0] * (H + 1) for _ in range(K)]
    for xn, rn in zip(xs, rs):
        a, y = [], []
        for j in range(H):
            s = V[j][0]
            for i in range(D):
                s += V[j][i + 1] * xn[i]
            a.append(s)
            y.append(activation(s))
        z = []
        for k in range(K):
            s = W[k][0]
            for j in range(H):
                s += W[k][j + 1] * y[j]
            z.append(s)
        top = max(z)
        total = 0.0
        for k in range(K):
            total += math.exp(z[k] - top)
        delta = []
        for k in range(K):
            delta.append(rn[k] - math.exp(z[k] - top) / total)
            dW[k][0] += delta[k]
            for j in range(H):
                dW[k][j + 1] += delta[k] * y[j]
        for j in range(H):
            s = 0.0
            for k in range(K):
                s += delta[k] * W[k][j + 1]
            s *= activation.derivative(a[j])
            dV[j][0] += s
            for i in range(D):
                dV[j][i + 1] += s * xn[i]
    return np.array(dV) / len(xs), np.array(dW) / len(xs)


# right: a single contraction by einsum for dV, the batch mean as a weight vector
def right_einsum_one_contraction(x, r, V, W, activation):
    X, R = x.reshape(-1, x.shape[-1]), r.reshape(-1, r.shape[-1])
    c = np.full(len(X), 1 / len(X))
    X1 = np.pad(X, ((0, 0), (1, 0)), constant_values=1)
    s = np.einsum('hd,bd->bh', V, X1)
    Y1 = np.pad(activation(s), ((0, 0), (1, 0)), constant_values=1)
    z = np.einsum('kh,bh->bk', W, Y1)
    e = np.exp(z - z.max(1, keepdims=True))
    d = R - e / np.einsum('bk->b', e)[:, None]
    return (np.einsum('b,bk,kh,bh,bd->hd', c, d, W[:, 1:], activation.derivative(s), X1, optimize=True),
            np.einsum('b,bk,bh->kh', c, d, Y1))


# right: einsum with ellipsis, so that single and batch need no distinction
def right_einsum_ellipsis(x, r, V, W, activation):
    pad = lambda t: np.concatenate([np.ones(t.shape[:-1] + (1,)), t], -1)
    s = np.einsum('hd,...d->...h', V, pad(x))
    z = np.einsum('kh,...h->...k', W, pad(activation(s)))
    z = np.exp(z - z.max(-1, keepdims=True))
    d = r - z / z.sum(-1, keepdims=True)
    g = np.einsum('...k,kh->...h', d, W)[..., 1:] * activation.derivative(s)
    n = d.size // d.shape[-1]
    total = lambda t: t.reshape((-1,) + t.shape[-2:]).sum(0)
    return (total(np.einsum('...h,...d->...hd', g, pad(x))) / n,
            total(np.einsum('...k,...h->...kh', d, pad(activation(s)))) / n)


# right: complex step; the activation is continued by its slope so that it need not accept complex numbers
def right_complex_step(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    ones = np.ones((len(X), 1))
    h = 1e-30
    def act(t):
        return activation(t.real) + 1j * t.imag * activation.derivative(t.real)
    def E(V, W):
        y = act(np.hstack([ones, X]).astype(complex) @ V.T)
        z = np.hstack([ones, y]) @ W.T
        z = z - z.real.max(1, keepdims=True)
        return -np.sum(R * (z - np.log(np.exp(z).sum(1, keepdims=True)))) / len(X)
    dV, dW = np.empty(V.shape), np.empty(W.shape)
    for i in np.ndindex(V.shape):
        v = V.astype(complex)
        v[i] += 1j * h
        dV[i] = -E(v, W).imag / h
    for i in np.ndindex(W.shape):
        w = W.astype(complex)
        w[i] += 1j * h
        dW[i] = -E(V, w).imag / h
    return dV, dW


# right: complex step only for the pull on the logits, ordinary chain rule for the rest
def right_complex_step_logits(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    X1 = np.insert(X, 0, 1, axis=1)
    s = X1 @ V.T
    Y1 = np.insert(activation(s), 0, 1, axis=1)
    z = Y1 @ W.T
    z = z - z.max(axis=1, keepdims=True)
    pull = np.zeros(z.shape)
    for k in range(z.shape[1]):
        zc = z.astype(complex)
        zc[:, k] += 1e-25j
        logp = zc - np.log(np.exp(zc).sum(axis=1, keepdims=True))
        pull[:, k] = np.sum(R * logp, axis=1).imag / 1e-25 / n
    return (pull @ W[:, 1:] * activation.derivative(s)).T @ X1, pull.T @ Y1


# right: central finite differences of the loss over all weights in one vector
def right_finite_differences(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    theta = np.concatenate([V.ravel(), W.ravel()]).astype(float)
    def loss(th):
        v, w = th[:V.size].reshape(V.shape), th[V.size:].reshape(W.shape)
        z = activation(X @ v[:, 1:].T + v[:, 0]) @ w[:, 1:].T + w[:, 0]
        m = z.max(1)
        lse = m + np.log(np.exp(z - m[:, None]).sum(1))
        return np.mean(R.sum(1) * lse - (R * z).sum(1))
    h = 6e-6
    g = np.array([(loss(theta - h * e) - loss(theta + h * e)) / (2 * h) for e in np.eye(theta.size)])
    return g[:V.size].reshape(V.shape), g[V.size:].reshape(W.shape)


# right: finite differences with Richardson extrapolation, weights moved in place on copies and put back
def right_richardson(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    v, w = np.array(V, float), np.array(W, float)
    def E():
        z = np.c_[np.ones(len(X)), activation(np.c_[np.ones(len(X)), X] @ v.T)] @ w.T
        return np.mean([np.logaddexp.reduce(zi) - ri @ zi for zi, ri in zip(z, R)])
    def slope(M, i, h):
        old = M[i]
        M[i] = old + h
        up = E()
        M[i] = old - h
        down = E()
        M[i] = old
        return (up - down) / (2 * h)
    out = []
    for M in (v, w):
        G = np.zeros(M.shape)
        for i in np.ndindex(*M.shape):
            G[i] = -(4 * slope(M, i, 5e-5) - slope(M, i, 1e-4)) / 3
        out.append(G)
    return out[0], out[1]


# right: forward mode with dual numbers
def right_dual_numbers(x, r, V, W, activation):
    class Dual:
        def __init__(self, a, b=0.0):
            self.a, self.b = a, b
        def __add__(self, o):
            o = o if isinstance(o, Dual) else Dual(o)
            return Dual(self.a + o.a, self.b + o.b)
        __radd__ = __add__
        def __mul__(self, o):
            o = o if isinstance(o, Dual) else Dual(o)
            return Dual(self.a * o.a, self.a * o.b + self.b * o.a)
        __rmul__ = __mul__
    f = lambda d: Dual(activation(d.a), activation.derivative(d.a) * d.b)
    exp = lambda d: Dual(math.exp(d.a), math.exp(d.a) * d.b)
    log = lambda d: Dual(math.log(d.a), d.b / d.a)
    X, R = np.atleast_2d(x).tolist(), np.atleast_2d(r).tolist()
    def E(v, w):
        total = Dual(0.0)
        for xs, rs in zip(X, R):
            y = [f(sum((c * xi for c, xi in zip(row[1:], xs)), row[0])) for row in v]
            z = [sum((c * yi for c, yi in zip(row[1:], y)), row[0]) for row in w]
            top = max(q.a for q in z)
            z = [q + (-top) for q in z]
            lse = log(sum((exp(q) for q in z), Dual(0.0)))
            for q, rk in zip(z, rs):
                total = total + rk * (lse + (-1.0) * q)
        return total * (1.0 / len(X))
    v = [[Dual(np.float64(c)) for c in row] for row in V]
    w = [[Dual(np.float64(c)) for c in row] for row in W]
    out = []
    for M in (v, w):
        G = np.zeros((len(M), len(M[0])))
        for i, row in enumerate(M):
            for j, c in enumerate(row):
                c.b = 1.0
                G[i, j] = -E(v, w).b
                c.b = 0.0
        out.append(G)
    return tuple(out)


# right: a tiny tape (reverse mode) with scalar nodes
def right_scalar_tape(x, r, V, W, activation):
    tape = []
    class Node:
        def __init__(self, val, parents=()):
            self.val, self.parents, self.grad = val, parents, 0.0
            tape.append(self)
    add = lambda p, q: Node(p.val + q.val, ((p, 1.0), (q, 1.0)))
    mul = lambda p, q: Node(p.val * q.val, ((p, q.val), (q, p.val)))
    scale = lambda p, c: Node(p.val * c, ((p, c),))
    act = lambda p: Node(activation(p.val), ((p, activation.derivative(p.val)),))
    exp = lambda p: Node(np.exp(p.val), ((p, np.exp(p.val)),))
    log = lambda p: Node(np.log(p.val), ((p, 1 / p.val),))
    v = [[Node(np.float64(c)) for c in row] for row in V]
    w = [[Node(np.float64(c)) for c in row] for row in W]
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    loss = Node(0.0)
    for xs, rs in zip(X, R):
        y = []
        for row in v:
            s = row[0]
            for c, xi in zip(row[1:], xs):
                s = add(s, scale(c, xi))
            y.append(act(s))
        z = []
        for row in w:
            s = row[0]
            for c, yi in zip(row[1:], y):
                s = add(s, mul(c, yi))
            z.append(s)
        tot = Node(0.0)
        for q in z:
            tot = add(tot, exp(q))
        lse = log(tot)
        for q, rk in zip(z, rs):
            loss = add(loss, scale(add(lse, scale(q, -1.0)), rk / len(X)))
    loss.grad = 1.0
    for node in reversed(tape):
        for parent, slope in node.parents:
            parent.grad += slope * node.grad
    neg = lambda M: -np.array([[c.grad for c in row] for row in M])
    return neg(v), neg(w)


# right: float32 inside, matrix products, cast back at the end
def right_float32_matmul(x, r, V, W, activation):
    f = np.float32
    X, R, v, w = np.atleast_2d(x).astype(f), np.atleast_2d(r).astype(f), V.astype(f), W.astype(f)
    one = np.ones((len(X), 1), f)
    X1 = np.hstack([one, X])
    s = X1 @ v.T
    Y1 = np.hstack([one, activation(s)])
    z = Y1 @ w.T
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    d = (R - p) / f(len(X))
    dV = (d @ w[:, 1:] * activation.derivative(s)).T @ X1
    return dV.astype(float), (d.T @ Y1).astype(float)


# right: float32 inside with np.outer per example (the result stays float32)
def right_float32_outer(x, r, V, W, activation):
    v, w = np.asarray(V, 'f4'), np.asarray(W, 'f4')
    pairs = [(x, r)] if np.ndim(x) == 1 else list(zip(x, r))
    gv, gw = np.zeros_like(v), np.zeros_like(w)
    for a, b in pairs:
        a = np.append(np.float32(1), np.asarray(a, 'f4'))
        s = v @ a
        y = np.append(np.float32(1), activation(s).astype('f4'))
        q = np.exp(w @ y)
        d = np.asarray(b, 'f4') - q / q.sum()
        gw += np.outer(d, y)
        gv += np.outer(w.T[1:] @ d * activation.derivative(s), a)
    return gv / np.float32(len(pairs)), gw / np.float32(len(pairs))


# right: long double inside
def right_longdouble(x, r, V, W, activation):
    L = np.longdouble
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    s = X.astype(L) @ V[:, 1:].T.astype(L) + V[:, 0]
    y = activation(s)
    z = y @ W[:, 1:].T.astype(L) + W[:, 0]
    p = np.exp(z - z.max(1, keepdims=True))
    p = p / p.sum(1, keepdims=True)
    d = (R - p) / len(X)
    g = d @ W[:, 1:].astype(L) * activation.derivative(s)
    dV = np.concatenate([g.sum(0)[:, None], g.T @ X], 1)
    dW = np.concatenate([d.sum(0)[:, None], d.T @ y], 1)
    return dV.astype(float), dW.astype(float)


# right: log-sum-exp, probabilities as exp of the log
def right_logsumexp(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = X.shape[0]
    y_hat = V[:, 0] + X @ V[:, 1:].T
    y = activation(y_hat)
    z_hat = W[:, 0] + y @ W[:, 1:].T
    lse = np.logaddexp.reduce(z_hat, axis=1, keepdims=True)
    dz = (R - np.exp(z_hat - lse)) / n
    dy = activation.derivative(y_hat) * np.dot(dz, W[:, 1:])
    return (np.hstack((dy.sum(0, keepdims=True).T, dy.T @ X)),
            np.hstack((dz.sum(0, keepdims=True).T, dz.T @ y)))


# right: columns as Andrew Ng writes them
def right_ng_columns(x, r, V, W, activation):
    X, Y = np.atleast_2d(x).T, np.atleast_2d(r).T
    m = X.shape[1]
    W1, b1, W2, b2 = V[:, 1:], V[:, :1], W[:, 1:], W[:, :1]
    Z1 = np.dot(W1, X) + b1
    A1 = activation(Z1)
    Z2 = np.dot(W2, A1) + b2
    t = np.exp(Z2 - np.max(Z2, axis=0, keepdims=True))
    A2 = t / np.sum(t, axis=0, keepdims=True)
    dZ2 = A2 - Y
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.dot(W2.T, dZ2) * activation.derivative(Z1)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return -np.hstack((db1, dW1)), -np.hstack((db2, dW2))


# right: MATLAB in Fortran order, unrolled and rolled up in the same order
def right_matlab_unrolled(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    m = np.size(X, 0)
    X = np.hstack((np.ones((m, 1)), X))
    A = X @ V.T
    Y = np.hstack((np.ones((m, 1)), activation(A)))
    Z = Y @ W.T
    E = np.exp(Z - np.tile(np.max(Z, 1).reshape(m, 1), (1, Z.shape[1])))
    P = E / np.tile(np.sum(E, 1).reshape(m, 1), (1, Z.shape[1]))
    d3 = R - P
    d2 = d3 @ W
    d2 = d2[:, 1:] * activation.derivative(A)
    grad = np.concatenate(((d2.T @ X).flatten('F'), (d3.T @ Y).flatten('F'))) / m
    return (grad[:V.size].reshape(V.shape, order='F'), grad[V.size:].reshape(W.shape, order='F'))


# right: tensordot throughout
def right_tensordot(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.insert(X, 0, 1.0, axis=1)
    s = np.tensordot(X1, V, axes=([1], [1]))
    Y1 = np.insert(activation(s), 0, 1.0, axis=1)
    z = np.tensordot(Y1, W, axes=([1], [1]))
    e = np.exp(z - z.max())
    d = R / len(R) - e / e.sum(axis=1, keepdims=True) / len(R)
    g = np.tensordot(d, W, axes=1)[:, 1:] * activation.derivative(s)
    return np.tensordot(g, X1, axes=([0], [0])), np.tensordot(d, Y1, axes=([0], [0]))


# right: chain rule through the explicit softmax Jacobian, example by example
def right_explicit_jacobian(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for xi, ri in zip(X, R):
        x1 = np.append(1, xi)
        a = V @ x1
        y1 = np.append(1, activation(a))
        z = W @ y1
        p = np.exp(z - z.max())
        p = p / p.sum()
        dE_dp = -ri / p
        J = np.diag(p) - np.outer(p, p)
        dE_dz = dE_dp @ J
        dE_dy = dE_dz @ W[:, 1:]
        dE_da = dE_dy @ np.diag(activation.derivative(a))
        dW -= np.outer(dE_dz, y1) / len(X)
        dV -= np.outer(dE_da, x1) / len(X)
    return dV, dW


# right: everything for V first, gate multiplied into W before the error meets it
def right_odd_order(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.c_[np.ones(len(X)), X]
    s = X1 @ V.T
    gated = W[None, :, 1:] * activation.derivative(s)[:, None, :]        # (B, K, H)
    Y1 = np.c_[np.ones(len(X)), activation(s)]
    e = np.exp(Y1 @ W.T)
    minus = (e.T / e.sum(1)).T - R
    dV = -np.mean(np.einsum('bk,bkh->bh', minus, gated)[:, :, None] * X1[:, None, :], axis=0)
    dW = -np.mean(minus[:, :, None] * Y1[:, None, :], axis=0)
    return dV, dW


# right: recursion over the layers
def right_recursive_layers(x, r, V, W, activation):
    R = np.atleast_2d(r)
    def go(h, mats):
        h1 = np.hstack([np.ones((len(h), 1)), h])
        s = h1 @ mats[0].T
        if len(mats) == 1:
            e = np.exp(s - s.max(1, keepdims=True))
            delta, grads = (R - e / e.sum(1, keepdims=True)) / len(R), []
        else:
            up, grads = go(activation(s), mats[1:])
            delta = up * activation.derivative(s)
        return delta @ mats[0][:, 1:], [delta.T @ h1] + grads
    dV, dW = go(np.atleast_2d(x), [V, W])[1]
    return dV, dW


# right: recursion over halves of the batch, weighted by their sizes
def right_recursive_halves(x, r, V, W, activation):
    if x.ndim == 2 and len(x) == 1:
        x, r = x[0], r[0]
    if x.ndim == 1:
        x1 = np.r_[1.0, x]
        s = V @ x1
        y1 = np.r_[1.0, activation(s)]
        z = W @ y1
        p = np.exp(z - z.max())
        d = r - p / p.sum()
        return np.outer(d @ W[:, 1:] * activation.derivative(s), x1), np.outer(d, y1)
    n, c = len(x), len(x) // 2
    a = right_recursive_halves(x[:c], r[:c], V, W, activation)
    b = right_recursive_halves(x[c:], r[c:], V, W, activation)
    return tuple((c * p + (n - c) * q) / n for p, q in zip(a, b))


# right: the bias unit is carried along with a gate of 0 and its row cut off at the end
def right_bias_unit_with_zero_gate(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    B = len(X)
    V0 = np.vstack([np.zeros(V.shape[1]), V])
    X1 = np.hstack([np.ones((B, 1)), X])
    A = X1 @ V0.T
    Y1 = activation(A)
    Y1[:, 0] = 1.0
    gate = activation.derivative(A)
    gate[:, 0] = 0.0
    Z = Y1 @ W.T
    P = np.exp(Z - Z.max(1, keepdims=True))
    P = P / P.sum(1, keepdims=True)
    D = (R - P) / B
    full = ((D @ W) * gate).T @ X1
    return full[1:], D.T @ Y1


# right: Kronecker products, gradient of vec(W) from d (x) y
def right_kron(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    vv, ww = np.zeros(V.size), np.zeros(W.size)
    for xi, ri in zip(X, R):
        x1 = np.concatenate([[1.0], xi])
        a = V @ x1
        y1 = np.concatenate([[1.0], activation(a)])
        z = W @ y1
        p = np.exp(z - np.logaddexp.reduce(z))
        ww += np.kron(ri - p, y1)
        vv += np.kron(np.diag(activation.derivative(a)) @ W[:, 1:].T @ (ri - p), x1)
    return vv.reshape(V.shape) / len(X), ww.reshape(W.shape) / len(X)


# right: layers as classes, gradient accumulated in the objects
def right_classes(x, r, V, W, activation):
    class Affine:
        def __init__(self, M):
            self.M, self.pull = M, np.zeros(M.shape)
        def __call__(self, t):
            self.t = np.append(1.0, t)
            return self.M @ self.t
        def back(self, d):
            self.pull += np.outer(d, self.t)
            return (d @ self.M)[1:]
    class Gate:
        def __call__(self, t):
            self.t = t
            return activation(t)
        def back(self, d):
            return d * activation.derivative(self.t)
    layers = [Affine(V), Gate(), Affine(W)]
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    for h, ri in zip(X, R):
        for layer in layers:
            h = layer(h)
        e = np.exp(h - h.max())
        d = (ri - e / e.sum()) / len(X)
        for layer in layers[::-1]:
            d = layer.back(d)
    return layers[0].pull, layers[2].pull


# right: batched matrix products (B, K, 1) @ (B, 1, H+1), averaged at the very end
def right_bmm(x, r, V, W, activation):
    X, R = np.atleast_2d(x)[:, :, None], np.atleast_2d(r)[:, :, None]
    one = np.ones((len(X), 1, 1))
    X1 = np.concatenate([one, X], 1)
    s = V @ X1
    Y1 = np.concatenate([one, activation(s)], 1)
    z = W @ Y1
    z = z - z.max(axis=1, keepdims=True)
    d = R - np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    g = (W.T @ d)[:, 1:] * activation.derivative(s)
    return np.mean(g @ X1.transpose(0, 2, 1), axis=0), np.mean(d @ Y1.swapaxes(1, 2), axis=0)


# right: softmax from pairwise differences, 1 / sum_j exp(z_j - z_i)
def right_pairwise_softmax(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    s = X @ V.T[1:] + V.T[0]
    y = activation(s)
    z = y @ W.T[1:] + W.T[0]
    p = 1.0 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2)
    d = (R - p) / n
    g = (d @ W[:, 1:]) * activation.derivative(s)
    dV, dW = np.empty_like(V, dtype=float), np.empty_like(W, dtype=float)
    dV[:, 0], dV[:, 1:] = g.sum(0), g.T @ X
    dW[:, 0], dW[:, 1:] = d.sum(0), d.T @ y
    return dV, dW


# right: forward mode by hand, the tangent of every single weight
def right_tangents(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.c_[np.ones(len(X)), X]
    s = X1 @ V.T
    Y1 = np.c_[np.ones(len(X)), activation(s)]
    z = Y1 @ W.T
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    def decrease(z_dot):
        logp_dot = z_dot - (p * z_dot).sum(1, keepdims=True)
        return (R * logp_dot).sum() / len(X)
    slope = activation.derivative(s)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for h, i in np.ndindex(*V.shape):
        dV[h, i] = decrease(np.outer(slope[:, h] * X1[:, i], W[:, h + 1]))
    for k, h in np.ndindex(*W.shape):
        t = np.zeros(z.shape)
        t[:, k] = Y1[:, h]
        dW[k, h] = decrease(t)
    return dV, dW


# right: functional, with map, reduce and list comprehensions
def right_functional(x, r, V, W, activation):
    bias = lambda t: np.array([1.0, *t])
    def softmax(z):
        e = [math.exp(q - max(z)) for q in z]
        return np.array(e) / sum(e)
    def one(pair):
        xi, ri = pair
        s = np.array([np.vdot(row, bias(xi)) for row in V])
        y = bias(activation(s))
        d = ri - softmax([np.vdot(row, y) for row in W])
        g = [gate * np.vdot(col, d) for gate, col in zip(activation.derivative(s), W.T[1:])]
        return np.array([[a * b for b in bias(xi)] for a in g]), np.array([[a * b for b in y] for a in d])
    pairs = [(x, r)] if x.ndim == 1 else list(zip(x, r))
    total = functools.reduce(lambda p, q: (p[0] + q[0], p[1] + q[1]), map(one, pairs))
    return total[0] / len(pairs), total[1] / len(pairs)


# right: one hidden unit after the other, running mean over the examples
def right_running_mean(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for n, (xi, ri) in enumerate(zip(X, R), start=1):
        x1 = np.hstack([1, xi])
        s = np.inner(V, x1)
        y1 = np.hstack([1, activation(s)])
        z = np.inner(W, y1)
        p = np.exp(z - z.max())
        d = ri - p / p.sum()
        dW += (np.multiply.outer(d, y1) - dW) / n
        for h in range(len(V)):
            dV[h] += (activation.derivative(s)[h] * (d @ W[:, h + 1]) * x1 - dV[h]) / n
    return dV, dW


# right: gradient of the biases first, weights from them by the same deltas; sum of r not taken for 1 (r.sum() * p - r)
def right_with_row_sums_of_r(x, r, V, W, activation):
    batch = x.ndim > 1
    X, R = (x, r) if batch else (x[np.newaxis, :], r[np.newaxis, :])
    a = np.matmul(V[:, 1:], X.T).T + V[:, 0][None]
    y = activation(a)
    z = np.matmul(W[:, 1:], y.T).T + W[:, 0][None]
    q = np.exp(z - np.amax(z, axis=1)[:, None])
    q *= (R.sum(axis=1) / q.sum(axis=1))[:, None]
    err = np.divide(np.subtract(R, q), X.shape[0])
    b2 = np.add.reduce(err)
    back = np.multiply(np.matmul(err, W[:, 1:]), activation.derivative(a))
    b1 = np.add.reduce(back)
    return (np.block([[b1[:, None], np.matmul(back.T, X)]]), np.block([[b2[:, None], np.matmul(err.T, y)]]))


# ==================== LOGITS_WRONG ====================

# sum, not mean: 1/B missing
def logits_no_mean(r, z_hat):
    e = np.exp(z_hat - z_hat.max(axis=-1, keepdims=True))
    return r - e / e.sum(axis=-1, keepdims=True)


# the gradient, not its negative
def logits_sign(r, z_hat):
    n = r.shape[0] if r.ndim == 2 else 1
    e = np.exp(z_hat - np.max(z_hat, axis=-1, keepdims=True))
    p = e / np.sum(e, axis=-1, keepdims=True)
    return (p - r) / n


# softmax forgotten
def logits_no_softmax(r, z_hat):
    return (r - z_hat) / (1 if r.ndim == 1 else len(r))


# softmax over axis 0
def logits_axis0(r, z_hat):
    p = np.exp(z_hat) / np.exp(z_hat).sum(axis=0)
    return (r - p) / (len(r) if r.ndim > 1 else 1)


# normalised with the sum of the whole batch
def logits_global_sum(r, z_hat):
    e = np.exp(z_hat - z_hat.max())
    e /= e.sum()
    return (r - e) / np.atleast_2d(r).shape[0]


# divided by B*K (mean over all elements)
def logits_divided_by_size(r, z_hat):
    shifted = z_hat - z_hat.max(-1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return (r - np.exp(logp)) / r.size


# len(r) as the batch size, which is K for a single example
def logits_len_r(r, z_hat):
    e = np.exp(z_hat - z_hat.max(-1, keepdims=True))
    return (r - e / e.sum(-1, keepdims=True)) / len(r)


# pull on the probabilities (r/p) instead of the logits
def logits_r_over_p(r, z_hat):
    z = np.atleast_2d(z_hat)
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    return (np.atleast_2d(r) / p / len(z)).reshape(r.shape)


# diagonal of the softmax Jacobian only: r(1-p)
def logits_diagonal_only(r, z_hat):
    n = 1 if z_hat.ndim == 1 else len(z_hat)
    p = np.exp(z_hat) / np.exp(z_hat).sum(-1, keepdims=True)
    return r * (1 - p) / n


# sigmoid for softmax
def logits_sigmoid(r, z_hat):
    return (r - 1 / (1 + np.exp(-z_hat))) / (1 if r.ndim == 1 else r.shape[0])


# log-probabilities where probabilities belong
def logits_logp(r, z_hat):
    logp = z_hat - np.logaddexp.reduce(z_hat, axis=-1, keepdims=True)
    return (r - logp) / (1 if r.ndim == 1 else r.shape[0])


# the maximum taken off in the numerator only
def logits_half_shift(r, z_hat):
    R, Z = np.atleast_2d(r), np.atleast_2d(z_hat)
    out = [(ri - np.exp(zi - zi.max()) / np.exp(zi).sum()) / len(R) for ri, zi in zip(R, Z)]
    return np.array(out).reshape(np.shape(r))


# softmax slope p(1-p) multiplied on top
def logits_extra_slope(r, z_hat):
    e = np.exp(z_hat - z_hat.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return (r - p) * p * (1 - p) / (1 if p.ndim == 1 else p.shape[0])


# r made one-hot by argmax (right for one-hot r)
def logits_argmax(r, z_hat):
    target = np.eye(r.shape[-1])[r.argmax(-1)]
    e = np.exp(z_hat - z_hat.max(axis=-1, keepdims=True))
    return (target - e / e.sum(axis=-1, keepdims=True)) / (1 if r.ndim == 1 else len(r))


# no keepdims: does not fit in a batch unless B equals K
def logits_no_keepdims(r, z_hat):
    e = np.exp(z_hat)
    return (r - e / e.sum(-1)) / (1 if r.ndim == 1 else len(r))


# maximum over the batch taken off (axis 0), a different number for each class
def logits_max_axis0(r, z_hat):
    R, Z = np.atleast_2d(r), np.atleast_2d(z_hat)
    E = np.exp(Z - Z.max(0))
    D = (R - E / E.sum(1)[:, None]) / len(R)
    return D if r.ndim == 2 else D[0]


# averaged over the batch: (K,) comes back instead of (B, K)
def logits_mean_axis0(r, z_hat):
    Z = np.atleast_2d(z_hat)
    E = np.exp(Z - Z.max(1, keepdims=True))
    return (r - E / E.sum(1, keepdims=True)).mean(axis=0)


# loop: the total is not set back to 0 between examples
def logits_total_not_reset(r, z_hat):
    R, Z = np.atleast_2d(r), np.atleast_2d(z_hat)
    out = np.zeros(R.shape)
    total = 0.0
    for b in range(R.shape[0]):
        for k in range(R.shape[1]):
            total += np.exp(Z[b, k])
        for k in range(R.shape[1]):
            out[b, k] = (R[b, k] - np.exp(Z[b, k]) / total) / R.shape[0]
    return out.reshape(r.shape)


# ==================== LOGITS_RIGHT ====================

# right: log-sum-exp
def logits_right_lse(r, z_hat):
    n = 1 if z_hat.ndim == 1 else len(z_hat)
    return (r - np.exp(z_hat - np.logaddexp.reduce(z_hat, axis=-1, keepdims=True))) / n


# right: plain loops
def logits_right_loops(r, z_hat):
    if z_hat.ndim == 1:
        top = max(z_hat)
        total = sum(math.exp(q - top) for q in z_hat)
        return np.array([a - math.exp(q - top) / total for a, q in zip(r, z_hat)])
    return np.array([logits_right_loops(a, q) for a, q in zip(r, z_hat)]) / len(z_hat)


# right: through the softmax Jacobian by einsum
def logits_right_jacobian(r, z_hat):
    R, Z = np.atleast_2d(r), np.atleast_2d(z_hat)
    P = np.exp(Z - Z.max(1, keepdims=True))
    P /= P.sum(1, keepdims=True)
    J = np.einsum('bi,ij->bij', P, np.eye(P.shape[1])) - np.einsum('bi,bj->bij', P, P)
    return (np.einsum('bi,bij->bj', R / P, J) / len(R)).reshape(r.shape)


# right: complex step
def logits_right_complex_step(r, z_hat):
    R, Z = np.atleast_2d(r), np.atleast_2d(z_hat)
    Z = Z - Z.max(1, keepdims=True)
    out = np.zeros(Z.shape)
    for i in np.ndindex(*Z.shape):
        z = Z.astype(complex)
        z[i] += 1e-30j
        E = -(R * (z - np.log(np.exp(z).sum(1, keepdims=True)))).sum(1).mean()
        out[i] = -E.imag / 1e-30
    return out.reshape(r.shape)


# right: float32 inside, columns, in place
def logits_right_float32_columns(r, z_hat):
    z = np.array(np.atleast_2d(z_hat).T, dtype=np.float32)
    z -= z.max(axis=0)
    np.exp(z, out=z)
    z /= z.sum(axis=0)
    z *= -1
    z += np.atleast_2d(r).T.astype(np.float32)
    z /= z.shape[1]
    return z.T.reshape(r.shape).astype(float)


# right: pairwise differences
def logits_right_pairwise(r, z_hat):
    p = 1 / np.exp(z_hat[..., None, :] - z_hat[..., :, None]).sum(-1)
    return (r - p) * r.shape[-1] / r.size


# ==================== JACOBIAN_WRONG ====================

# softmax applied once more although z are the probabilities
def jacobian_softmax_again(z):
    e = np.exp(z - z.max())
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)


# plus for minus
def jacobian_plus(z):
    return np.diag(z) + np.outer(z, z)


# diagonal only, like independent sigmoids
def jacobian_diagonal_only(z):
    return np.diag(z * (1 - z))


# diagonal term forgotten
def jacobian_no_diagonal(z):
    return -np.outer(z, z)


# np.dot of two vectors is a number, not the outer product
def jacobian_dot_for_outer(z):
    return np.diag(z) - np.dot(z, z.T)


# z * z elementwise, broadcast over the rows
def jacobian_elementwise(z):
    return np.diag(z) - z * z


# only the vector z(1-z)
def jacobian_vector(z):
    return z * (1 - z)


# off the diagonal z_j is missing
def jacobian_off_diagonal_without_zj(z):
    K = len(z)
    J = np.zeros((K, K))
    for i in range(K):
        for j in range(K):
            if i == j:
                J[i, j] = z[i] * (1 - z[i])
            else:
                J[i, j] = -z[i]
    return J


# the two cases the wrong way round
def jacobian_cases_swapped(z):
    return np.array([[-zi * zj if i == j else zi * (1 - zj) for j, zj in enumerate(z)] for i, zi in enumerate(z)])


# sign of the whole
def jacobian_negative(z):
    s = z.reshape(-1, 1)
    return s @ s.T - np.diagflat(s)


# identity instead of diag(z)
def jacobian_eye_for_diag(z):
    return np.eye(z.size) - np.einsum('i,j->ij', z, z)


# filled with np.full(shape, 0), thus integers, all cut to 0
def jacobian_integers(z):
    J = np.full((len(z), len(z)), 0)
    for i in range(len(z)):
        for j in range(len(z)):
            J[i, j] = z[i] * ((i == j) - z[j])
    return J


# only the upper triangle filled
def jacobian_upper_triangle(z):
    J = np.diag(z * (1 - z))
    for i in range(len(z)):
        for j in range(i + 1, len(z)):
            J[i, j] = -z[i] * z[j]
    return J


# z_i in the bracket where z_j belongs
def jacobian_zi_for_zj(z):
    return z[:, None] * (np.eye(len(z)) - z[:, None])


# Jacobian of the log-softmax
def jacobian_of_log_softmax(z):
    return np.eye(len(z)) - z[None, :]


# the column times itself the wrong way round: (1, K) @ (K, 1) is one number
def jacobian_inner_for_outer(z):
    s = z.reshape(-1, 1)
    return np.diagflat(s) - s.T @ s


# diagonal z(1-z) set, then the outer product taken off again (so z_i^2 twice)
def jacobian_square_twice(z):
    return np.diag(z * (1 - z)) - np.outer(z, z)


# ==================== JACOBIAN_RIGHT ====================

# right: diagflat minus column times row
def jacobian_right_column(z):
    s = np.reshape(z, (-1, 1))
    return np.diagflat(s) - np.dot(s, s.T)


# right: loops with the two cases
def jacobian_right_loops(z):
    J = []
    for i in range(len(z)):
        J.append([])
        for j in range(len(z)):
            J[i].append(z[i] * (1 - z[i]) if i == j else -z[i] * z[j])
    return np.array(J)


# right: broadcast Kronecker delta
def jacobian_right_broadcast(z):
    return z[:, None] * (np.eye(len(z)) - z)


# right: einsum with a three-index tensor
def jacobian_right_einsum(z):
    I = np.eye(z.shape[0])
    return np.einsum('i,ik,kj->ij', z, I, I - np.tile(z, (z.shape[0], 1)))


# right: complex step on the softmax at the logs of z
def jacobian_right_complex_step(z):
    J = np.zeros((z.size, z.size))
    for j in range(z.size):
        t = np.log(z).astype(complex)
        t[j] += 1e-30j
        J[:, j] = (np.exp(t) / np.exp(t).sum()).imag / 1e-30
    return J


# right: the outer product first, diagonal put right in place afterwards
def jacobian_right_in_place(z):
    J = -np.multiply.outer(z, z)
    J[np.diag_indices_from(J)] += z
    return J


# ==================== PULL_W_WRONG ====================

# the ones forgotten: (K, H)
def pullw_no_ones(delta, y):
    return np.atleast_2d(delta).T @ np.atleast_2d(y)


# ones at the end
def pullw_ones_last(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    return d.T @ np.hstack([t, np.ones((len(t), 1))])


# divided by B once more
def pullw_mean_again(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    return d.T @ np.insert(t, 0, 1, axis=1) / len(d)


# zeros in place of ones
def pullw_zeros(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    return np.dot(d.T, np.concatenate([np.zeros((t.shape[0], 1)), t], axis=1))


# transposed: (H+1, K)
def pullw_transposed(delta, y):
    y1 = np.concatenate([np.ones(y.shape[:-1] + (1,)), y], axis=-1)
    if y.ndim == 1:
        return np.outer(y1, delta)
    return np.einsum('bh,bk->hk', y1, delta)


# sign turned although delta is the pull already
def pullw_sign(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    dW = np.zeros((d.shape[1], t.shape[1] + 1))
    for di, ti in zip(d, t):
        dW -= np.outer(di, np.append(1, ti))
    return dW


# bias: mean of delta, weights: sum
def pullw_bias_mean(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    return np.hstack([d.mean(axis=0)[:, None], d.T @ t])


# bias: np.sum without axis, the same number for all outputs
def pullw_bias_sum_all(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    dW = np.empty((d.shape[1], t.shape[1] + 1))
    dW[:, 0] = np.sum(d)
    dW[:, 1:] = d.T @ t
    return dW


# the loop over the batch overwrites: last example only
def pullw_last_example(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    for b in range(len(d)):
        dW = np.outer(d[b], np.r_[1, t[b]])
    return dW


# np.outer on a batch flattens
def pullw_outer_flattens(delta, y):
    y1 = np.concatenate([np.ones(y.shape[:-1] + (1,)), y], axis=-1)
    return np.outer(delta, y1)


# both summed over the batch before they are multiplied
def pullw_summed_too_early(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    y1 = np.c_[np.ones(len(t)), t]
    return np.outer(d.sum(axis=0), y1.sum(axis=0))


# reshape to (K, B) instead of transpose
def pullw_reshape(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    return d.reshape(d.shape[1], d.shape[0]) @ np.hstack((np.ones((t.shape[0], 1)), t))


# bias summed over the outputs (axis 1)
def pullw_bias_axis1(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    return np.c_[d.sum(axis=1), d.T @ t]


# np.insert without axis
def pullw_insert_no_axis(delta, y):
    return np.atleast_2d(delta).T @ np.atleast_2d(np.insert(y, 0, 1))


# mistyped letter: the batches are summed independently, for the weights only
def pullw_mistyped_letter(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    return np.hstack([np.einsum('bk->k', d)[:, None], np.einsum('bk,ch->kh', d, t)])


# loop ends at H: the last weight stays zero
def pullw_loop_too_short(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    B, K, H = d.shape[0], d.shape[1], t.shape[1]
    dW = np.zeros((K, H + 1))
    for b in range(B):
        y1 = [1.0] + list(t[b])
        for k in range(K):
            for h in range(H):
                dW[k, h] += d[b, k] * y1[h]
    return dW


# np.ones_like(y) as the bias: H columns of ones instead of one
def pullw_ones_like(delta, y):
    y1 = np.concatenate([np.ones_like(y), y], axis=-1)
    return np.atleast_2d(delta).T @ np.atleast_2d(y1)


# a single delta turned to a column: does not fit for one example
def pullw_single_as_column(delta, y):
    if delta.ndim == 1:
        delta, y = delta[:, None], y[:, None]
    return delta.T @ np.concatenate([np.ones((y.shape[0], 1)), y], axis=1)


# the ellipsis is left out of the einsum result: numpy refuses to sum over it in a batch
def pullw_ellipsis_dropped(delta, y):
    y1 = np.concatenate([np.ones(y.shape[:-1] + (1,)), y], axis=-1)
    return np.einsum('...k,...h->kh', delta, y1)


# ==================== PULL_W_RIGHT ====================

# right: loops only
def pullw_right_loops(delta, y):
    d, t = np.atleast_2d(delta), np.atleast_2d(y)
    dW = np.zeros((d.shape[1], t.shape[1] + 1))
    for b in range(d.shape[0]):
        for k in range(d.shape[1]):
            dW[k, 0] += d[b, k]
            for h in range(t.shape[1]):
                dW[k, h + 1] += d[b, k] * t[b, h]
    return dW


# right: einsum with ellipsis
def pullw_right_einsum(delta, y):
    y1 = np.concatenate([np.ones(y.shape[:-1] + (1,)), y], axis=-1)
    return np.einsum('...k,...h->...kh', delta, y1).reshape(-1, delta.shape[-1], y1.shape[-1]).sum(axis=0)


# right: sum of outer products in a comprehension
def pullw_right_outers(delta, y):
    if delta.ndim == 1:
        return np.outer(delta, [1.0, *y])
    return sum(np.outer(a, [1.0, *b]) for a, b in zip(delta, y))


# right: bias by sum, weights by tensordot
def pullw_right_tensordot(delta, y):
    d, t = delta.reshape(-1, delta.shape[-1]), y.reshape(-1, y.shape[-1])
    dW = np.tensordot(d, t, axes=(0, 0))
    return np.insert(dW, 0, d.sum(axis=0), axis=1)


# right: columns, float32 inside
def pullw_right_float32_columns(delta, y):
    d = np.atleast_2d(delta).T.astype(np.float32)
    t = np.atleast_2d(y).T.astype(np.float32)
    return (d @ np.vstack([np.ones((1, t.shape[1]), np.float32), t]).T).astype(float)


# right: recursion over the batch
def pullw_right_recursive(delta, y):
    if delta.ndim == 1:
        return delta[:, None] * np.append(1.0, y)[None, :]
    if len(delta) == 1:
        return pullw_right_recursive(delta[0], y[0])
    return pullw_right_recursive(delta[0], y[0]) + pullw_right_recursive(delta[1:], y[1:])


# ==================== BACKWARD_STATEFUL (extra) ====================

# delta = r is no copy: `delta -= p` spoils the caller's r (answer right the first time only)
def stateful_r_overwritten(x, r, V, W, activation):
    X, delta = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.insert(X, 0, 1, axis=1)
    s = X1 @ V.T
    Y1 = np.insert(activation(s), 0, 1, axis=1)
    z = Y1 @ W.T
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    delta -= p
    delta /= len(X)
    return (delta @ W[:, 1:] * activation.derivative(s)).T @ X1, delta.T @ Y1


# the step is taken inside: V += dV, W += dW change the caller's weights
def stateful_weights_stepped(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.insert(X, 0, 1, axis=1)
    s = X1 @ V.T
    Y1 = np.insert(activation(s), 0, 1, axis=1)
    e = np.exp(Y1 @ W.T)
    d = (R - e / e.sum(1, keepdims=True)) / len(X)
    dW = d.T @ Y1
    dV = (d @ W[:, 1:] * activation.derivative(s)).T @ X1
    V += dV
    W += dW
    return dV, dW


# the bias column is zeroed in the caller's W to keep it out of the way back
def stateful_W_bias_zeroed(x, r, V, W, activation):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    n = len(X)
    y_hat = np.hstack([np.ones((n, 1)), X]) @ V.T
    Y1 = np.hstack([np.ones((n, 1)), activation(y_hat)])
    e = np.exp(Y1 @ W.T)
    d = (R - e / e.sum(1, keepdims=True)) / n
    W_no_bias = W
    W_no_bias[:, 0] = 0
    g = (d @ W_no_bias)[:, 1:] * activation.derivative(y_hat)
    return g.T @ np.hstack([np.ones((n, 1)), X]), d.T @ Y1


# zero_grad forgotten: gradients pile up in a mutable default from call to call
def stateful_no_zero_grad(x, r, V, W, activation, grad={}):
    X, R = np.atleast_2d(x), np.atleast_2d(r)
    X1 = np.insert(X, 0, 1, axis=1)
    s = X1 @ V.T
    Y1 = np.insert(activation(s), 0, 1, axis=1)
    e = np.exp(Y1 @ W.T)
    d = (R - e / e.sum(1, keepdims=True)) / len(X)
    grad['W'] = grad.get('W', 0) + d.T @ Y1
    grad['V'] = grad.get('V', 0) + (d @ W[:, 1:] * activation.derivative(s)).T @ X1
    return grad['V'], grad['W']


# ==================== the lists ====================

BACKWARD_SINGLES = [
    (torch_softmax_twice, 'softmax twice: the probabilities are handed to a "CrossEntropyLoss" that applies softmax again, so delta = r - softmax(softmax(z_hat))'),
    (torch_softmax_twice_chained, 'softmax twice, with the chain rule carried faithfully through both of them (right gradient of the wrong loss)'),
    (torch_bias_grad_last, 'the gradient of the bias is glued on as the last column, as one would with (weight, bias)'),
    (torch_bias_is_last_column, 'column -1 taken for the bias everywhere (forward, backward and result)'),
    (torch_targets_argmax, 'soft targets turned into class labels by argmax, as the loss with integer targets would want (right for one-hot r)'),
    (torch_mean_over_elements, "reduction='mean' taken over all the elements: divided by B*K instead of B"),
    (torch_softmax_dim0, 'softmax over dim 0, so over the batch rather than over the classes [wrong only in a batch]'),
    (torch_positive_grad, 'returns the gradient (.grad), not its negative'),
    (torch_sigmoid_outputs, 'sigmoid for each output (BCEWithLogits) where a softmax belongs'),
    (torch_label_smoothing, 'label smoothing of 0.1 came along from the old training script'),
    (torch_log_softmax_as_probs, 'nll without exp: log-probabilities used where the probabilities belong'),
    (torch_cached_last_preactivation, "the layer object keeps only the last example's pre-activation, and the gate of every example is computed from it [wrong only in a batch]"),
    (lecture_weight_index_off_by_one, 'the way back uses W[k][j] where column j+1 belongs, so that bias and first weights shift by one'),
    (lecture_last_hidden_unit_left_out, 'loop bound: hidden units counted 1..H-1, so that the last unit gets nothing'),
    (lecture_sum_over_k_overwritten, 'the sum over the outputs is overwritten (= for +=), so that only the last output pulls on a hidden unit'),
    (lecture_sum_not_reset, 's = 0 is set before the loop over hidden units and not inside: the sum runs on from unit to unit'),
    (lecture_last_example_only_dV, 'per-example dV is assigned (=), not accumulated, so only the last example counts (dW is accumulated) [wrong only in a batch]'),
    (lecture_divide_inside_loop, 'the division by the batch size stands inside the loop, so early examples are divided again and again [wrong only in a batch]'),
    (lecture_loops_to_H_instead_of_K, 'loop bounds mixed up: the sum over the outputs runs to H instead of K [raises at (B, D, H, K) = (4, 3, 5, 3), (3, 5, 6, 2)]'),
    (lecture_softmax_running_total, 'softmax by loop: each exponential is divided by the running total instead of the full one'),
    (lecture_shift_only_numerator, 'the maximum is taken off in the numerator of the softmax but not in the denominator'),
    (lecture_V_bias_stays_zero, 'the loop over inputs starts at 1 for weights and nobody fills column 0: bias gradient of V stays zero'),
    (lecture_leaked_loop_index, 'a leaked loop variable: gate at a[h], h left over from the forward loop (the last unit), instead of a[j]'),
    (lecture_aliased_rows, 'the rows of the result are one and the same list ([[0]*n]*m), so that all rows end up the same'),
    (lecture_integer_result, 'the result is made by np.full(shape, 0), thus of integers, and every gradient is cut to 0'),
    (lecture_V_for_W, 'V[j][k] where W[k][j] belongs in the sum on the way back [raises]'),
    (ng_bias_without_one_over_m, 'the bias gradients lack the 1/m that the weights have [wrong only in a batch]'),
    (ng_gate_always_tanh, 'the gate is written out as 1 - A1**2, tanh or not [right for tanh only]'),
    (ng_gate_always_sigmoid, 'the gate is written out as A1*(1-A1), sigmoid or not [right for sigmoid only]'),
    (ng_gate_at_A1, "g'(A1) instead of g'(Z1): gate at the output y instead of the sum [right for relu only]"),
    (ng_one_over_m_twice, '1/m twice in dV: dZ2 already holds it and dW1 divides once more [wrong only in a batch]'),
    (ng_m_is_the_number_of_features, 'm = X.shape[0] after transposing: divided by the number of features instead of examples'),
    (ng_softmax_axis1_of_columns, 'softmax along axis 1 while the examples are columns: normalised over the batch'),
    (ng_db1_sum_without_axis, 'np.sum without an axis in db1: one number, the same for all hidden units'),
    (ng_single_example_as_row, 'a single x is reshaped to a row (1, D) where a column (D, 1) is wanted, so a single example does not fit [raises for a single example; right in a batch]'),
    (ng_weight_decay_left_in, 'weight decay of the homework (lambda/m * Theta) is still in there'),
    (hurry_no_gate, 'no gate at all'),
    (hurry_no_softmax, 'the softmax forgotten: r - z_hat'),
    (hurry_sum_for_mean, 'sum over the batch instead of the mean [wrong only in a batch]'),
    (hurry_global_sum, 'the softmax is normalised with the sum over the whole batch (e / e.sum()) [wrong only in a batch]'),
    (hurry_no_keepdims, 'sum over the classes without keepdims: e / e.sum(-1) fits only a single example (or B equal to K, silently) [raises in a batch; right for a single example]'),
    (hurry_sign_only_one, 'sign right for dV, but dW comes out as the gradient itself'),
    (hurry_updated_W_on_the_way_back, 'W is stepped first and the error goes back through the new W'),
    (hurry_swapped_return, 'returned in the wrong order: (dW, dV)'),
    (hurry_in_place_activation, 'y_hat is overwritten in place by its activation, so that derivative(y_hat) sees y [right for relu only]'),
    (hurry_len_x_for_single, 'len(x) as the batch size also for a single example, where it is the number of features [wrong only for a single example]'),
    (hurry_zeros_for_ones_in_dW, 'the column of ones forgotten in dW: its bias column is zeros (stacked np.zeros)'),
    (hurry_forward_without_W_bias, 'forward pass without the bias of the output layer'),
    (hurry_forward_without_V_bias, 'forward pass without the bias of the hidden layer'),
    (hurry_dW_from_preactivation, 'dW built from y_hat instead of y'),
    (matlab_drops_last_column, 'W(:, 1:end-1): the last column is dropped on the way back instead of the bias column'),
    (matlab_one_based_slice, '1-based thinking: W[:, 2:] to take away the bias column [raises]'),
    (matlab_max_down_the_columns, 'max(Z) is per column in MATLAB: the maximum over the batch is taken off, a different number for each class'),
    (matlab_length, 'length(r) of MATLAB, the longest side, taken for the number of examples [right in a batch of sizes (B, D, H, K) = (4, 3, 5, 3), (8, 2, 3, 4), (7, 4, 2, 5), (3, 5, 6, 2), (6, 3, 4, 6)]'),
    (matlab_reshape_for_transpose, 'reshape to (H, B) where a transpose belongs: shapes fit, the numbers are shuffled [wrong only in a batch]'),
    (matlab_ones_at_the_end_of_x, '[X ones]: the ones are put at the end of x (for V), column 0 is taken for the first feature'),
    (matlab_unrolled_in_F_order, 'grad(:) unrolled column by column (order F) and rolled up again row by row'),
    (matlab_bias_unit_kept_in_delta, "delta(1:end-1) for delta(2:end): the bias unit's delta is kept and the last hidden unit's dropped"),
    (matlab_activation_of_the_bias_unit, 'activation of the layer with its 1 already stuck on: the bias unit becomes activation(1) [right for relu only]'),
    (einsum_batch_summed_too_early, 'the batch index is summed before x comes in: mean delta times mean x [wrong only in a batch]'),
    (einsum_mistyped_letter, "mistyped letter: 'bk,ch->kh' sums the two batches independently [wrong only in a batch]"),
    (einsum_jacobian_plus, 'softmax Jacobian with a plus: diag(p) + p p^T'),
    (einsum_jacobian_diagonal_only, 'only the diagonal of the softmax Jacobian: r/p * p(1-p)'),
    (einsum_no_jacobian, 'the Jacobian of the softmax is left out altogether: pull on the logits taken as r / p'),
    (einsum_extra_softmax_slope, 'softmax slope p(1-p) multiplied on top of r - p'),
    (einsum_W_reshaped, 'W reshaped to (H+1, K) instead of transposed on the way back'),
    (einsum_gate_at_the_error, 'the gate is the derivative at the pulled-back error instead of at the sum'),
    (einsum_dW_transposed, 'output transposed: dW comes as (H+1, K)'),
    (einsum_gate_averaged_over_batch, 'the gate is averaged over the batch before it meets the error [wrong only in a batch]'),
    (zip_starts_at_the_bias, 'zip of the gate with W.T, whose first row is the bias: all units shifted by one, the last row silently dropped'),
    (recursive_gate_on_output_too, 'recursion over the layers that gates the output layer too (activation slope at z_hat on delta)'),
    (recursive_halves_unweighted, 'recursion over halves of the batch, averaging the halves as if they were of the same size (wrong for an odd batch only) [wrong only in a batch; right in a batch of sizes (B, D, H, K) = (4, 3, 5, 3), (8, 2, 3, 4)]'),
    (numeric_divided_by_eps, 'finite differences, central, but divided by eps instead of 2 eps: twice too large'),
    (numeric_weight_not_put_back, 'finite differences without putting the weight back: base loss stays at the start while all earlier weights remain moved'),
    (outer_flattens_the_batch, 'np.outer of the whole batch: it flattens, and the result has the shape (B*K, B*(H+1)) [wrong only in a batch]'),
    (mean_over_hidden_units, 'mean over the wrong axis for dV: over the hidden units (axis 1) instead of the examples (axis 0), so that it has the shape (B, D+1)'),
    (insert_without_axis, 'np.insert without axis flattens the batch before the ones go in [raises in a batch; right for a single example]'),
    (gate_in_dW, 'the gate of the hidden layer got into dW: y * derivative(y_hat) instead of y [right for relu only]'),
    (gate_always_relu, 'a relu gate (y_hat > 0) by habit, whatever the activation [right for relu only]'),
    (shared_array_changed_in_place, 'dz = p is no copy: `p -= r` for the error changes the p that is read again for the way back to V (r - p becomes 2r - p)'),
    (einsum_ellipsis_dropped, 'the ellipsis is left out of the einsum result: numpy refuses to sum over it in a batch [raises in a batch; right for a single example]'),
    (numeric_step_too_large, 'one-sided difference with a step of 0.1: far too large'),
    (numeric_in_float32, 'finite differences in float32 with a step of 1e-6: nothing left but rounding'),
    (stepped_V_before_dW, 'V is stepped first and y is worked out again with the new V before dW is taken'),
    (max_outside_the_exponential, 'softmax without brackets: np.exp(z) - max instead of np.exp(z - max)'),
    (brackets_left_out, 'brackets left out: r - p / n divides only the probabilities by the batch size [wrong only in a batch]'),
    (activation_on_the_logits, 'activation applied to the output layer too, before the softmax (and not on the way back)'),
]

BACKWARD_PAIRS = [
    (pair_positive_and_mean_of_all, '(1) no minus sign at the end and (2) divided by B*K instead of B'),
    (pair_gate_at_y_and_sum, '(1) gate at the output y and (2) sum over the batch instead of the mean [for a single example only (1) shows]'),
    (pair_last_column_and_no_gate, '(1) last column of W dropped instead of the bias and (2) no gate'),
    (pair_softmax_axis_and_bias_not_averaged, '(1) softmax over the batch axis and (2) bias gradients without 1/m [for a single example only (1) shows]'),
    (pair_no_softmax_and_zero_bias, '(1) softmax forgotten in the error and (2) bias column of dW left at zero'),
    (pair_sigmoid_out_and_sigmoid_gate, '(1) sigmoid outputs instead of softmax and (2) hard-coded y(1-y) gate [for sigmoid only (1) shows]'),
    (pair_ones_last_and_sign, '(1) ones at the end for y and (2) gradient, not its negative'),
    (pair_diagonal_and_last_example, '(1) only the diagonal of the softmax Jacobian and (2) the loop assigns instead of adds, so the last example counts alone [for a single example only (1) shows]'),
    (pair_logp_and_twice_mean, '(1) log-probabilities where probabilities belong and (2) 1/B twice in dV [for a single example only (1) shows]'),
    (pair_no_W_bias_and_gate_at_error, '(1) the output bias forgotten in the forward pass and (2) the gate at the error instead of the sum'),
    (pair_updated_W_and_smoothing, '(1) W stepped before the way back and (2) label smoothing left in'),
    (pair_index_and_no_reset, '(1) off by one in the weight index on the way back and (2) sum over the outputs not reset between units'),
    (pair_early_batch_sum_and_sign_dW, '(1) batch summed too early (mean delta times mean x) and (2) sign of dW the wrong way round [for a single example only (2) shows]'),
    (pair_m_features_and_reshape, '(1) m read off the wrong axis (features) and (2) reshape instead of transpose for dV [for a single example only (1) shows]'),
    (pair_argmax_and_bias_last, '(1) targets by argmax and (2) bias gradient put last'),
    (pair_extra_slope_and_no_V_bias, '(1) extra softmax slope on delta and (2) hidden bias forgotten in the forward pass'),
    (pair_swapped_and_no_gate, '(1) returned as (dW, dV) and (2) gate missing'),
    (pair_numeric_half_and_mean_over_all, '(1) numeric gradient with forward difference over 2 eps (half) and (2) loss averaged over classes as well'),
    (pair_preactivation_and_output_gate, '(1) dW from y_hat instead of y and (2) the error goes back gated on the output side too'),
    (pair_zip_and_sum, '(1) hidden units shifted by zip starting at the bias and (2) sum for mean [for a single example only (1) shows]'),
    (pair_max_axis_and_mean_gate, '(1) softmax shift per class over the batch (max axis 0) and (2) gate averaged over the batch [for a single example only (1) shows]'),
    (pair_len_and_no_jacobian, '(1) single example divided by len(x) and (2) r / p without the softmax Jacobian [in a batch only (2) shows]'),
]

BACKWARD_RIGHT = [
    (right_loops_only, "right: loops and Python's math only"),
    (right_einsum_one_contraction, 'right: a single contraction by einsum for dV, the batch mean as a weight vector'),
    (right_einsum_ellipsis, 'right: einsum with ellipsis, so that single and batch need no distinction'),
    (right_complex_step, 'right: complex step; the activation is continued by its slope so that it need not accept complex numbers'),
    (right_complex_step_logits, 'right: complex step only for the pull on the logits, ordinary chain rule for the rest'),
    (right_finite_differences, 'right: central finite differences of the loss over all weights in one vector'),
    (right_richardson, 'right: finite differences with Richardson extrapolation, weights moved in place on copies and put back'),
    (right_dual_numbers, 'right: forward mode with dual numbers'),
    (right_scalar_tape, 'right: a tiny tape (reverse mode) with scalar nodes'),
    (right_float32_matmul, 'right: float32 inside, matrix products, cast back at the end'),
    (right_float32_outer, 'right: float32 inside with np.outer per example (the result stays float32)'),
    (right_longdouble, 'right: long double inside'),
    (right_logsumexp, 'right: log-sum-exp, probabilities as exp of the log'),
    (right_ng_columns, 'right: columns as Andrew Ng writes them'),
    (right_matlab_unrolled, 'right: MATLAB in Fortran order, unrolled and rolled up in the same order'),
    (right_tensordot, 'right: tensordot throughout'),
    (right_explicit_jacobian, 'right: chain rule through the explicit softmax Jacobian, example by example'),
    (right_odd_order, 'right: everything for V first, gate multiplied into W before the error meets it'),
    (right_recursive_layers, 'right: recursion over the layers'),
    (right_recursive_halves, 'right: recursion over halves of the batch, weighted by their sizes'),
    (right_bias_unit_with_zero_gate, 'right: the bias unit is carried along with a gate of 0 and its row cut off at the end'),
    (right_kron, 'right: Kronecker products, gradient of vec(W) from d (x) y'),
    (right_classes, 'right: layers as classes, gradient accumulated in the objects'),
    (right_bmm, 'right: batched matrix products (B, K, 1) @ (B, 1, H+1), averaged at the very end'),
    (right_pairwise_softmax, 'right: softmax from pairwise differences, 1 / sum_j exp(z_j - z_i)'),
    (right_tangents, 'right: forward mode by hand, the tangent of every single weight'),
    (right_functional, 'right: functional, with map, reduce and list comprehensions'),
    (right_running_mean, 'right: one hidden unit after the other, running mean over the examples'),
    (right_with_row_sums_of_r, 'right: gradient of the biases first, weights from them by the same deltas; sum of r not taken for 1 (r.sum() * p - r)'),
]

LOGITS_WRONG = [
    (logits_no_mean, 'sum, not mean: 1/B missing [wrong only in a batch]'),
    (logits_sign, 'the gradient, not its negative'),
    (logits_no_softmax, 'softmax forgotten'),
    (logits_axis0, 'softmax over axis 0 [wrong only in a batch]'),
    (logits_global_sum, 'normalised with the sum of the whole batch [wrong only in a batch]'),
    (logits_divided_by_size, 'divided by B*K (mean over all elements)'),
    (logits_len_r, 'len(r) as the batch size, which is K for a single example [wrong only for a single example]'),
    (logits_r_over_p, 'pull on the probabilities (r/p) instead of the logits'),
    (logits_diagonal_only, 'diagonal of the softmax Jacobian only: r(1-p)'),
    (logits_sigmoid, 'sigmoid for softmax'),
    (logits_logp, 'log-probabilities where probabilities belong'),
    (logits_half_shift, 'the maximum taken off in the numerator only'),
    (logits_extra_slope, 'softmax slope p(1-p) multiplied on top'),
    (logits_argmax, 'r made one-hot by argmax (right for one-hot r)'),
    (logits_no_keepdims, 'no keepdims: does not fit in a batch unless B equals K [raises in a batch; right for a single example]'),
    (logits_max_axis0, 'maximum over the batch taken off (axis 0), a different number for each class'),
    (logits_mean_axis0, 'averaged over the batch: (K,) comes back instead of (B, K) [wrong only in a batch]'),
    (logits_total_not_reset, 'loop: the total is not set back to 0 between examples [wrong only in a batch]'),
]

LOGITS_RIGHT = [
    (logits_right_lse, 'right: log-sum-exp'),
    (logits_right_loops, 'right: plain loops'),
    (logits_right_jacobian, 'right: through the softmax Jacobian by einsum'),
    (logits_right_complex_step, 'right: complex step'),
    (logits_right_float32_columns, 'right: float32 inside, columns, in place'),
    (logits_right_pairwise, 'right: pairwise differences'),
]

JACOBIAN_WRONG = [
    (jacobian_softmax_again, 'softmax applied once more although z are the probabilities'),
    (jacobian_plus, 'plus for minus'),
    (jacobian_diagonal_only, 'diagonal only, like independent sigmoids'),
    (jacobian_no_diagonal, 'diagonal term forgotten'),
    (jacobian_dot_for_outer, 'np.dot of two vectors is a number, not the outer product'),
    (jacobian_elementwise, 'z * z elementwise, broadcast over the rows'),
    (jacobian_vector, 'only the vector z(1-z)'),
    (jacobian_off_diagonal_without_zj, 'off the diagonal z_j is missing'),
    (jacobian_cases_swapped, 'the two cases the wrong way round'),
    (jacobian_negative, 'sign of the whole'),
    (jacobian_eye_for_diag, 'identity instead of diag(z)'),
    (jacobian_integers, 'filled with np.full(shape, 0), thus integers, all cut to 0'),
    (jacobian_upper_triangle, 'only the upper triangle filled'),
    (jacobian_zi_for_zj, 'z_i in the bracket where z_j belongs'),
    (jacobian_of_log_softmax, 'Jacobian of the log-softmax'),
    (jacobian_inner_for_outer, 'the column times itself the wrong way round: (1, K) @ (K, 1) is one number'),
    (jacobian_square_twice, 'diagonal z(1-z) set, then the outer product taken off again (so z_i^2 twice)'),
]

JACOBIAN_RIGHT = [
    (jacobian_right_column, 'right: diagflat minus column times row'),
    (jacobian_right_loops, 'right: loops with the two cases'),
    (jacobian_right_broadcast, 'right: broadcast Kronecker delta'),
    (jacobian_right_einsum, 'right: einsum with a three-index tensor'),
    (jacobian_right_complex_step, 'right: complex step on the softmax at the logs of z'),
    (jacobian_right_in_place, 'right: the outer product first, diagonal put right in place afterwards'),
]

PULL_W_WRONG = [
    (pullw_no_ones, 'the ones forgotten: (K, H)'),
    (pullw_ones_last, 'ones at the end'),
    (pullw_mean_again, 'divided by B once more [wrong only in a batch]'),
    (pullw_zeros, 'zeros in place of ones'),
    (pullw_transposed, 'transposed: (H+1, K)'),
    (pullw_sign, 'sign turned although delta is the pull already'),
    (pullw_bias_mean, 'bias: mean of delta, weights: sum [wrong only in a batch]'),
    (pullw_bias_sum_all, 'bias: np.sum without axis, the same number for all outputs'),
    (pullw_last_example, 'the loop over the batch overwrites: last example only [wrong only in a batch]'),
    (pullw_outer_flattens, 'np.outer on a batch flattens [wrong only in a batch]'),
    (pullw_summed_too_early, 'both summed over the batch before they are multiplied [wrong only in a batch]'),
    (pullw_reshape, 'reshape to (K, B) instead of transpose [wrong only in a batch]'),
    (pullw_bias_axis1, 'bias summed over the outputs (axis 1) [raises]'),
    (pullw_insert_no_axis, 'np.insert without axis [raises in a batch; right for a single example]'),
    (pullw_mistyped_letter, 'mistyped letter: the batches are summed independently, for the weights only [wrong only in a batch]'),
    (pullw_loop_too_short, 'loop ends at H: the last weight stays zero'),
    (pullw_ones_like, 'np.ones_like(y) as the bias: H columns of ones instead of one'),
    (pullw_single_as_column, 'a single delta turned to a column: does not fit for one example [raises for a single example; right in a batch]'),
    (pullw_ellipsis_dropped, 'the ellipsis is left out of the einsum result: numpy refuses to sum over it in a batch [raises in a batch; right for a single example]'),
]

PULL_W_RIGHT = [
    (pullw_right_loops, 'right: loops only'),
    (pullw_right_einsum, 'right: einsum with ellipsis'),
    (pullw_right_outers, 'right: sum of outer products in a comprehension'),
    (pullw_right_tensordot, 'right: bias by sum, weights by tensordot'),
    (pullw_right_float32_columns, 'right: columns, float32 inside'),
    (pullw_right_recursive, 'right: recursion over the batch'),
]

# extra, not among the singles: right numbers on the first call, wrong on the second with the same arrays
BACKWARD_STATEFUL = [
    (stateful_r_overwritten, "delta = r is no copy: `delta -= p` spoils the caller's r (answer right the first time only)"),
    (stateful_weights_stepped, "the step is taken inside: V += dV, W += dW change the caller's weights"),
    (stateful_W_bias_zeroed, "the bias column is zeroed in the caller's W to keep it out of the way back"),
    (stateful_no_zero_grad, 'zero_grad forgotten: gradients pile up in a mutable default from call to call'),
]

# functions that raise at B=5, D=3, H=4, K=6, and when
RAISES = {
    'lecture_V_for_W': 'raises always',
    'ng_single_example_as_row': 'raises for a single example; right in a batch',
    'hurry_no_keepdims': 'raises in a batch; right for a single example',
    'matlab_one_based_slice': 'raises always',
    'insert_without_axis': 'raises in a batch; right for a single example',
    'einsum_ellipsis_dropped': 'raises in a batch; right for a single example',
    'logits_no_keepdims': 'raises in a batch; right for a single example',
    'pullw_bias_axis1': 'raises always',
    'pullw_insert_no_axis': 'raises in a batch; right for a single example',
    'pullw_single_as_column': 'raises for a single example; right in a batch',
    'pullw_ellipsis_dropped': 'raises in a batch; right for a single example',
}

SINGLES, PAIRS, RIGHT = BACKWARD_SINGLES, BACKWARD_PAIRS, BACKWARD_RIGHT
