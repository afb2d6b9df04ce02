"""Small false lines that a careless rule would prove, each with a true line beside it.

A line may bring what is in force above it. The true twin is proved, the false one is not.
"""

SUM = r"\text{assume } \sum_l r_l = 1"
P = r"p_l := e^{\hat z_l}"
S = r"s := \sum_l e^{\hat z_l}"

# (false, true) or (false, true, what is in force)
TWINS = [
    # sums: what a sum without its letter counts, and which letters add up to 1
    (r"\sum_l \frac{z_l}{z_l} = 1", r"\sum_l \frac{z_l}{z_l} = K"),
    (r"\sum_l z_l z_l = 1", r"\sum_l z_l = 1"),
    (r"\sum_l r_l = 1", r"\sum_l r_l z_l = \sum_i z_i r_i"),
    (r"\sum_l r_l^2 = 1", r"\sum_l r_l = 1", [SUM]),
    (r"\sum_l z_l r_l = 1", r"\sum_l z_l \sum_i r_i = 1", [SUM]),
    (r"\sum_l z_l u_l = \sum_l u_l", r"\sum_l z_l \sum_i u_i = \sum_l u_l"),
    (r"\sum_{j=1}^{H} y_j = 1", r"\sum_{j=0}^{H} y_j = 1 + \sum_{j=1}^{H} y_j"),
    (r"\sum_{j=1}^{H} w_{ij} y_j = \hat z_i", r"\sum_{j=1}^{H} w_{ij} y_j = \hat z_i - w_{i0}"),
    (r"\sum_l \sum_i u_l u_i = \sum_l u_l^2", r"\sum_l \sum_i u_l u_i = (\sum_l u_l)^2"),
    (r"\sum_l \sum_i u_l g_i z_i = \sum_l u_l g_l", r"\sum_l \sum_i u_l g_i z_i = \sum_l u_l \sum_i g_i z_i"),
    (r"\frac{1}{\sum_l z_l^2} = \sum_l \frac{1}{z_l^2}", r"\frac{1}{\sum_l z_l} = 1"),
    # maxima are kept by what stands in them
    (r"\max_l z_l = \max_l r_l", r"\max_l z_l = \max_i z_i"),
    (r"\max_l z_l = 1", r"\max_l z_l - \max_i z_i = 0"),
    (r"\max_l \hat z_l = \max_l z_l", r"\max_l p_l = \max_i p_i", [P]),
    # deltas
    (r"\delta_{12} z_i = z_i", r"\delta_{12} z_i + \delta_{11} z_k = z_k"),
    (r"\delta_{ik} = 1", r"\delta_{ii} z_i = z_i"),
    (r"\delta_{ik} z_i = z_k", r"\delta_{ik} z_i = \delta_{ik} z_k"),
    (
        r"\sum_l \delta_{il} \delta_{kl} z_l u_k = z_i u_k",
        r"\sum_l \delta_{il} \delta_{kl} z_l u_k = \delta_{ik} z_i u_i",
    ),
    (r"\sum_l \delta_{il} z_k = \delta_{ik} z_k", r"\sum_l \delta_{il} z_l = z_i"),
    (r"\delta_{ik} z_i z_k = z_i z_k", r"\delta_{ik} z_i z_k = 0 \quad i \ne k"),
    (
        r"\delta_{ik}\, \delta_{kl} z_i u_l = \delta_{ik} z_l u_l",
        r"\delta_{ik}\, \delta_{kl} z_i u_l = \delta_{il}\, \delta_{ik} z_k u_i",
    ),
    (
        r"\delta_{il} z_i u_l g_k = 0 \quad i \ne k",
        r"\delta_{il}\, \delta_{kl} z_i u_l g_k = 0 \quad i \ne k",
    ),
    (r"\frac{z_i}{\delta_{ik}} = z_i", r"\delta_{ik}^2 z_i = \delta_{ik} z_k"),
    (
        r"e^{\delta_{ik} \hat z_i} = \delta_{ik} e^{\hat z_i}",
        r"e^{\delta_{ik} \hat z_i} = e^{\delta_{ik} \hat z_k}",
    ),
    (r"\sum_i \sum_k \delta_{ik} z_i z_k = 1", r"\sum_i \sum_k \delta_{ik} z_i z_k = \sum_l z_l^2"),
    # exp and log
    (
        r"\log(\delta_{ik} z_i) = \log(\delta_{ik} z_k)",
        r"\log(1 + \delta_{ik} z_i) = \log(1 + \delta_{ik} z_k)",
    ),
    (r"\log(-z_i) = \log z_i", r"\log(z_i z_k) = \log z_i + \log z_k"),
    (
        r"\frac{\partial \log(-z_i)}{\partial z_i} = \frac{1}{z_i}",
        r"\frac{\partial \log z_i}{\partial z_i} = \frac{1}{z_i}",
    ),
    (
        r"e^{\hat z_i + \hat z_k} = e^{\hat z_i} + e^{\hat z_k}",
        r"e^{\hat z_i + \hat z_k} = e^{\hat z_i} e^{\hat z_k}",
    ),
    (r"\sum_l e^{\hat z_l} = 1", r"\sum_l e^{\hat z_l} = s", [S]),
    (r"\log z_i = \hat z_i", r"\log z_i = \hat z_i - \log s", [S]),
    (r"\log(u_i^2) = 2 \log u_i", r"\log(z_i^2) = 2 \log z_i"),
    (r"e^{2 \hat z_i} = e^{\hat z_i} e^{\hat z_i} s", r"e^{2 \hat z_i} = z_i^2 s^2", [S]),
    # derivatives are cut where the equation cuts
    (r"\sum_l \frac{\partial z_l}{\partial z_i} = 0", r"\sum_l \frac{\partial z_l}{\partial z_i} = 1"),
    (
        r"\sum_l \frac{\partial z_l}{\partial \hat z_i} = 1",
        r"\sum_l \frac{\partial z_l}{\partial \hat z_i} = 0",
    ),
    (
        r"-\frac{\partial E}{\partial z_i} = r_i - z_i",
        r"-\frac{\partial E}{\partial z_i} = \frac{r_i}{z_i}",
        [SUM],
    ),
    (
        r"-\frac{\partial E}{\partial \hat z_i} = r_i - z_i",
        r"-\frac{\partial E}{\partial \hat z_i} = r_i - z_i \sum_l r_l",
    ),
    (r"\frac{\partial (z_i s)}{\partial z_i} = 0", r"\frac{\partial (z_i s)}{\partial z_i} = s", [S]),
    (
        r"\frac{\partial \max_l p_l}{\partial \hat z_i} = 0",
        r"\frac{\partial p_k}{\partial \hat z_i} = \delta_{ik} p_i",
        [P],
    ),
    (
        r"\frac{\partial y_n}{\partial v_{jm}} = \sigma'(\hat y_j) x_m",
        r"\frac{\partial y_n}{\partial v_{jm}} = \delta_{nj} \sigma'(\hat y_j) x_m",
    ),
    (r"\frac{\partial \hat z_i}{\partial w_{ij}} = 1", r"\frac{\partial \hat z_i}{\partial w_{ij}} = y_j"),
    (r"\frac{\partial z_i^2}{\partial z_i} = z_i", r"\frac{\partial z_i^2}{\partial z_i} = 2 z_i"),
    # functions
    (r"\sigma(2 t) = 2 \sigma(t)", r"\sigma(2 t) = \sigma(t + t)"),
    (r"\sigma(\hat y_j) = \sigma'(\hat y_j)", r"\sigma(\hat y_j) = y_j"),
    (r"\sigma'(t) = \sigma(t) \quad \sigma = \tanh", r"\sigma'(t) = 1 - \tanh(t)^2 \quad \sigma = \tanh"),
    (r"\operatorname{sigmoid}(-t) = -\operatorname{sigmoid}(t)", r"\tanh(-t) = -\tanh(t)"),
    (r"\operatorname{ReLU}(t) = t", r"\operatorname{ReLU}(t) = t \quad t > 0"),
    (
        r"\operatorname{ReLU}(-t) = -\operatorname{ReLU}(t)",
        r"\operatorname{ReLU}(t) - \operatorname{ReLU}(-t) = t",
    ),
    (r"\operatorname{ReLU}'(t) = 1", r"\operatorname{ReLU}'(t) = 0 \quad t \le 0"),
    (
        r"\operatorname{ReLU}(\hat y_j) = \hat y_j",
        r"\operatorname{ReLU}(y_j) = y_j \quad \sigma = \operatorname{ReLU}",
    ),
    # what is divided by
    (
        r"\frac{1 - y_j}{1 - y_j} = 1 \quad \sigma = \operatorname{sigmoid}",
        r"\frac{\sigma'(\hat y_j)}{1 - y_j} = y_j \quad \sigma = \operatorname{sigmoid}",
    ),
    (
        r"\frac{\delta_{ik} (u_i - u_k)}{u_i - u_k} = 0",
        r"\frac{u_i - u_k}{u_i - u_k} = 1 \quad i \ne k",
    ),
    (
        r"\sum_l \frac{0}{u_l - u_i} = 0",
        r"\sum_l \frac{u_l - u_i}{1 + (u_l - u_i)^2} + \sum_l \frac{u_i - u_l}{1 + (u_i - u_l)^2} = 0",
    ),
    (r"\sum_l \frac{u_l - u_1}{u_l - u_1} = K", r"\sum_l \frac{z_l z_1}{z_l z_1} = K"),
    (r"\frac{0}{\sum_l z_l - 1} = 0", r"\frac{0}{\sum_l z_l} = 0"),
    (r"\frac{u_i}{z_i - z_i} = u_i", r"\frac{u_i z_i}{z_i} = u_i"),
    (r"\frac{u_i}{u_i + g_i} = \frac{1}{1 + g_i}", r"\frac{u_i}{u_i + g_i} = 1 - \frac{g_i}{u_i + g_i}"),
    # shapes
    (
        r"\mathbf z\, \mathbf u^T = \mathbf u\, \mathbf z^T",
        r"(\mathbf z\, \mathbf u^T)^T = \mathbf u\, \mathbf z^T",
    ),
    (
        r"\operatorname{diag}(\mathbf z) = \mathbf z\, \mathbf 1^T",
        r"\operatorname{diag}(\mathbf z)\, \mathbf u = \mathbf z \odot \mathbf u",
    ),
    (r"\mathbf 1^T \mathbf 1\, z_i = z_i", r"\mathbf 1^T \mathbf u = \sum_l u_l"),
    (
        r"\mathbf W\, [1, \mathbf y^T]^T = \hat{\mathbf z} + \mathbf 1",
        r"\mathbf W\, [1, \mathbf y^T]^T = \hat{\mathbf z}",
    ),
    (
        r"-\nabla_{\mathbf W} E = (\mathbf R - \mathbf Z)^T [\mathbf 1, \mathbf Y]",
        r"-\nabla_{\mathbf W} E = \frac{1}{B} (\mathbf R - \mathbf Z)^T [\mathbf 1, \mathbf Y]",
        [SUM],
    ),
    (
        r"\hat{\mathbf Z} = \mathbf Y \mathbf W_{:,1:}^T",
        r"\hat{\mathbf Z} = [\mathbf 1, \mathbf Y]\, \mathbf W^T",
    ),
    (
        r"-\nabla_{\mathbf x} E = \mathbf V_{:,1:}^T (-\nabla_{\mathbf y} E)",
        r"-\nabla_{\mathbf x} E = \mathbf V_{:,1:}^T (-\nabla_{\hat{\mathbf y}} E)",
    ),
    (
        r"\begin{pmatrix}1 \\ \begin{pmatrix}2 \\ \mathbf y\end{pmatrix}\end{pmatrix}"
        r" = \begin{pmatrix}1 \\ \begin{pmatrix}1 \\ \mathbf y\end{pmatrix}\end{pmatrix}",
        r"\mathbf W \begin{pmatrix}1 \\ \mathbf y\end{pmatrix} = \hat{\mathbf z}",
    ),
    (
        r"\nabla_{\hat{\mathbf y}^{(k)}} E = \mathbf q^{(k)}",
        r"-\nabla_{\hat{\mathbf y}^{(k)}} E = \mathbf q^{(k)}",
    ),
    # two classes
    (r"z_1 = 1 - z_2", r"z_1 = 1 - z_2 \quad K = 2"),
    (r"z_1 z_1 = 1 - z_2 \quad K = 2", r"\sum_l z_l^2 = 1 - 2 z_1 z_2 \quad K = 2"),
    # bounds
    (r"E \ge 1 - \sum_l r_l \log r_l", r"E \ge -\sum_l r_l \log r_l", [SUM]),
    (r"E \ge 1", r"E \ge -\sum_l r_l \log z_l", [SUM]),
    (r"\sum_i z_i u_i^2 \ge \sum_i u_i^2", r"\sum_i z_i u_i^2 \ge (\sum_i z_i u_i)^2"),
    (r"\sum_i z_i u_i^2 - 2 (\sum_i z_i u_i)^2 \ge 0", r"2 \sum_i z_i u_i^2 - 2 (\sum_i z_i u_i)^2 \ge 0"),
    (r"\operatorname{ReLU}(t) \ge 1", r"\operatorname{ReLU}(t) \ge 0"),
    # what holds for all indices but one, or on one side of 0 alone
    (r"\sum_{n=1}^{H} \delta_{nj} y_n = y_j", r"\sum_{n=1}^{H} \delta_{nj} y_n = y_j \quad j \ge 1"),
    (
        r"\operatorname{ReLU}'(t) + \operatorname{ReLU}'(-t) = 1",
        r"\operatorname{ReLU}'(t) + \operatorname{ReLU}'(-t) = 1 \quad t > 0",
    ),
    (
        r"\operatorname{ReLU}'(t) = \begin{cases} 1 & t > 0 \end{cases}",
        r"\operatorname{ReLU}'(t) = \begin{cases} 1 & t > 0 \\ 0 & t \le 0 \end{cases}",
    ),
    # one line for each rule that a slip of its own is planted in
    (
        r"\sum_{i=1}^{K} \delta_{ij} y_j \sigma'(\hat y_j) = y_j \sigma'(\hat y_j)",
        r"\sum_{n=1}^{H} \delta_{nj} y_j \sigma'(\hat y_j) = y_j \sigma'(\hat y_j)",
    ),
    (r"(\sum_i z_i u_i)^2 \ge \sum_i z_i u_i^2", r"(\sum_i z_i u_i)^2 \le \sum_i z_i u_i^2"),
    (r"-\sum_l r_l \log r_l \ge E", r"-\sum_l r_l \log r_l \le E", [SUM]),
    (
        r"\log(\frac{z_i}{u_i + g_i}) = \log(\frac{z_i}{g_i + u_i})",
        r"\log(\frac{z_i}{z_i + z_k}) = \log(\frac{z_i}{z_k + z_i})",
    ),
    (r"\log(y_j y_n) = \log y_j + \log y_n", r"\log(z_k z_i^2) = 2 \log z_i + \log z_k"),
    (r"\log(2 z_i) = \log z_i", r"\log(2 z_i) = \log 2 + \log z_i"),
    (r"\sigma(y_j) = y_j \quad j \ge 1", r"\sigma(\hat y_j) = y_j"),
    (
        r"e^{\frac{1}{2} \hat z_i} = e^{\hat z_i}",
        r"(e^{\frac{1}{2} \hat z_i})^2 = e^{\frac{1}{2} \hat z_i} e^{\frac{1}{2} \hat z_i}",
    ),
    (
        r"\sum_{n=1}^{H} \operatorname{ReLU}'(\hat y_n) \sum_{j=1}^{H} \operatorname{ReLU}'(-\hat y_j) = 0",
        r"\sum_{n=1}^{H} \operatorname{ReLU}(\hat y_n) = \sum_{j=1}^{H} \operatorname{ReLU}(\hat y_j)",
    ),
    (r"\operatorname{ReLU}'(0) = 1", r"\operatorname{ReLU}'(0) = 0"),
    (r"z_i^{\frac{1}{2}} = 1", r"z_i^{2} = z_i z_i"),
    (r"z_i + z_k = 1 \quad K = 2", r"z_i + z_k = 1 \quad i \ne k \quad K = 2"),
    (r"z_i = r_i \quad i \ne i", r"z_i = \frac{z_i^2}{z_i}"),
    (
        r"\frac{1}{\sum_l u_l^2 z_i + \sum_l u_l^2} = \frac{1}{1 + z_i} \sum_l \frac{1}{u_l^2}",
        r"\frac{1}{\sum_l u_l^2 z_i + \sum_l u_l^2} = \frac{1}{(1 + z_i) \sum_l u_l^2}",
    ),
    (
        r"\sum_l e^{\sum_i z_i u_l} = \sum_l e^{\sum_i z_i u_i}",
        r"\sum_l e^{\sum_i z_i u_l} = \sum_l e^{u_l}",
    ),
    (r"t^3 \ge 0", r"t^2 \ge 0"),
    (
        r"[\mathbf u, \mathbf z\, \mathbf y^T] = [\mathbf z, \mathbf z\, \mathbf y^T]",
        r"[\mathbf u, \mathbf z\, \mathbf y^T] = [2 \mathbf u - \mathbf u, \mathbf z\, \mathbf y^T]",
    ),
    (r"\operatorname{ReLU}(t) - 2 t \ge 0", r"\operatorname{ReLU}(t) - t \ge 0"),
]
