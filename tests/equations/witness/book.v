(* Printed from the displays of the chapters by coq_statements.py; whoever changes it is found out. *)

Require Import Reals ground.
Open Scope R_scope.

(* (0.1) *)
Definition y_hat_of (D : nat) (V : matrix) (x : vector) : vector :=
  fun j => sum_from_0 D (fun m => V j m * x m).

(* (0.3) *)
Definition y_of (sigma : R -> R) (y_hat : vector) : vector :=
  fun j => match j with O => 1 | _ => sigma (y_hat j) end.

(* (0.4) *)
Definition z_hat_of (H : nat) (W : matrix) (y : vector) : vector :=
  fun i => sum_from_0 H (fun j => W i j * y j).

(* (0.6) *)
Definition z_of (K : nat) (z_hat : vector) : vector :=
  fun i => exp (z_hat i) / sum_from_1 K (fun l => exp (z_hat l)).

(* (0.7) *)
Definition E_of (K : nat) (r : vector) (z : vector) : R :=
  - sum_from_1 K (fun l => r l * ln (z l)).

(* (1.10) *)
Definition line_1_10 : Prop :=
  forall (K : nat) (z_hat : vector),
  let z := z_of K z_hat in
  forall i k, (1 <= i <= K)%nat -> (1 <= k <= K)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (z_of K (moved z_hat k t)) i)
    (z_hat k) d1 /\
  d1 = - (z i * z k) + delta i k * z i /\
  - (z i * z k) + delta i k * z i = z i * (delta i k - z k).

(* (1.12) *)
Definition line_1_12 : Prop :=
  forall (K : nat) (z_hat : vector),
  let z := z_of K z_hat in
  forall k, (1 <= k <= K)%nat ->
  exists d1 : nat -> R,
  (forall i, (1 <= i <= K)%nat -> derivable_pt_lim
    (fun t => (z_of K (moved z_hat k t)) i)
    (z_hat k) (d1 i)) /\
  sum_from_1 K (fun i => d1 i) = z k - z k * sum_from_1 K (fun i => z i) /\
  z k - z k * sum_from_1 K (fun i => z i) = 0.

(* (1.16) *)
Definition line_1_16 : Prop :=
  forall (K : nat) (z_hat : vector),
  let z := z_of K z_hat in
  forall i, (1 <= i <= K)%nat ->
  z i = exp (z_hat i - (largest K (fun l => z_hat l))) / sum_from_1 K (fun l => exp (z_hat l - (largest K (fun
    l => z_hat l)))).

(* (1.18) *)
Definition line_1_18 : Prop :=
  forall (K : nat) (z_hat : vector),
  let z := z_of K z_hat in
  forall i k, (1 <= i <= K)%nat -> (1 <= k <= K)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => ln ((z_of K (moved z_hat k t)) i))
    (z_hat k) d1 /\
  d1 = delta i k - z k.

(* (2.5) *)
Definition line_2_5 : Prop :=
  forall (K : nat) (z_hat r : vector),
  let z := z_of K z_hat in
  forall i, (1 <= i <= K)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (moved z_hat i t))))
    (z_hat i) d1 /\
  - d1 = r i - z i * sum_from_1 K (fun l => r l).

(* (2.7) *)
Definition line_2_7 : Prop :=
  forall (K : nat) (z_hat r : vector),
  let z := z_of K z_hat in
  sum_from_1 K (fun l => r l) = 1 ->
  forall i, (1 <= i <= K)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (moved z_hat i t))))
    (z_hat i) d1 /\
  - d1 = r i - z i.

(* (2.8) *)
Definition line_2_8 : Prop :=
  forall (K : nat) (z_hat r : vector),
  let z := z_of K z_hat in
  sum_from_1 K (fun l => r l) = 1 ->
  forall i, (1 <= i <= K)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (moved z_hat i t))))
    (z_hat i) d1 /\
  - d1 = r i - z i.

(* (2.10) *)
Definition line_2_10 : Prop :=
  forall (K : nat) (z_hat r : vector),
  let z := z_of K z_hat in
  sum_from_1 K (fun l => r l) = 1 ->
  forall i, (1 <= i <= K)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (moved z i t)))
    (z i) d1 /\
  - d1 = r i / z i.

(* (3.6) *)
Definition line_3_6 : Prop :=
  forall (K H : nat) (y r : vector) (W : matrix),
  let z_hat := z_hat_of H W y in
  let z := z_of K z_hat in
  sum_from_1 K (fun l => r l) = 1 ->
  forall i j, (1 <= i <= K)%nat -> (0 <= j <= H)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (z_hat_of H (moved_entry W i j t) y))))
    (W i j) d1 /\
  - d1 = (r i - z i) * y j.

(* (3.7) *)
Definition line_3_7 : Prop :=
  forall (K H : nat) (y r : vector) (W : matrix),
  let z_hat := z_hat_of H W y in
  let z := z_of K z_hat in
  y 0%nat = 1 ->
  sum_from_1 K (fun l => r l) = 1 ->
  forall i j, (1 <= i <= K)%nat -> (0 <= j <= H)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (z_hat_of H (moved_entry W i j t) y))))
    (W i j) d1 /\
  - d1 = (r i - z i) * match j with O => 1 | _ => y j end.

(* (3.11) *)
Definition line_3_11 : Prop :=
  forall (K H : nat) (y r : vector) (W : matrix),
  let z_hat := z_hat_of H W y in
  let z := z_of K z_hat in
  sum_from_1 K (fun l => r l) = 1 ->
  forall j, (1 <= j <= H)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (z_hat_of H W (moved y j t)))))
    (y j) d1 /\
  - d1 = sum_from_1 K (fun l => (r l - z l) * W l j).

(* (3.12) *)
Definition line_3_12 : Prop :=
  forall (K H : nat) (y r : vector) (W : matrix),
  let z_hat := z_hat_of H W y in
  let z := z_of K z_hat in
  y 0%nat = 1 ->
  sum_from_1 K (fun l => r l) = 1 ->
  forall j, (1 <= j <= H)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (z_hat_of H W (moved y j t)))))
    (y j) d1 /\
  - d1 = sum_from_1 K (fun l => W l j * (r l - z l)).

(* (4.10) *)
Definition line_4_10 : Prop :=
  forall (K H : nat) (sigma sigma' : R -> R) (y_hat r : vector) (W : matrix),
  let y := y_of sigma y_hat in
  (forall j, (1 <= j <= H)%nat -> derivable_pt_lim sigma (y_hat j) (sigma' (y_hat j))) ->
  forall j, (1 <= j <= H)%nat ->
  exists d1 : R,
  exists d2 : nat -> R,
  exists d3 : nat -> R,
  exists d4 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (z_hat_of H W (y_of sigma (moved y_hat j t))))))
    (y_hat j) d1 /\
  (forall n, (1 <= n <= H)%nat -> derivable_pt_lim
    (fun t => (E_of K r (z_of K (z_hat_of H W (moved y n t)))))
    (y n) (d2 n)) /\
  (forall n, (1 <= n <= H)%nat -> derivable_pt_lim
    (fun t => (y_of sigma (moved y_hat j t)) n)
    (y_hat j) (d3 n)) /\
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (z_hat_of H W (moved y j t)))))
    (y j) d4 /\
  - d1 = sum_from_1 H (fun n => (- d2 n) * d3 n) /\
  sum_from_1 H (fun n => (- d2 n) * d3 n) = (- d4) * sigma' (y_hat j).

(* (5.4) *)
Definition line_5_4 : Prop :=
  forall (K H D : nat) (sigma sigma' : R -> R) (x r : vector) (V W : matrix),
  let y_hat := y_hat_of D V x in
  let y := y_of sigma y_hat in
  let z_hat := z_hat_of H W y in
  let z := z_of K z_hat in
  (forall j, (1 <= j <= H)%nat -> derivable_pt_lim sigma (y_hat j) (sigma' (y_hat j))) ->
  sum_from_1 K (fun l => r l) = 1 ->
  forall j m, (1 <= j <= H)%nat -> (0 <= m <= D)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (z_hat_of H W (y_of sigma (y_hat_of D (moved_entry V j m t) x))))))
    (V j m) d1 /\
  - d1 = sum_from_1 K (fun l => (r l - z l) * W l j) * sigma' (y_hat j) * x m.

(* (5.8) *)
Definition line_5_8 : Prop :=
  forall (K H D : nat) (sigma sigma' : R -> R) (x r : vector) (V W : matrix),
  let y_hat := y_hat_of D V x in
  let y := y_of sigma y_hat in
  let z_hat := z_hat_of H W y in
  let z := z_of K z_hat in
  x 0%nat = 1 ->
  (forall j, (1 <= j <= H)%nat -> derivable_pt_lim sigma (y_hat j) (sigma' (y_hat j))) ->
  sum_from_1 K (fun l => r l) = 1 ->
  forall j m, (1 <= j <= H)%nat -> (0 <= m <= D)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (z_hat_of H W (y_of sigma (y_hat_of D (moved_entry V j m t) x))))))
    (V j m) d1 /\
  - d1 = (sum_from_1 K (fun l => W l j * (r l - z l)) * sigma' (y_hat j)) * match m with O => 1 | _ => x m end.

(* (2.7), with a slip *)
Definition slip_2_7 : Prop :=
  forall (K : nat) (z_hat r : vector),
  let z := z_of K z_hat in
  sum_from_1 K (fun l => r l) = 1 ->
  forall i, (1 <= i <= K)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (moved z_hat i t))))
    (z_hat i) d1 /\
  - d1 = r i + z i.

(* (5.4), with a slip *)
Definition slip_5_4 : Prop :=
  forall (K H D : nat) (sigma sigma' : R -> R) (x r : vector) (V W : matrix),
  let y_hat := y_hat_of D V x in
  let y := y_of sigma y_hat in
  let z_hat := z_hat_of H W y in
  let z := z_of K z_hat in
  (forall j, (1 <= j <= H)%nat -> derivable_pt_lim sigma (y_hat j) (sigma' (y_hat j))) ->
  sum_from_1 K (fun l => r l) = 1 ->
  forall j m, (1 <= j <= H)%nat -> (0 <= m <= D)%nat ->
  exists d1 : R,
  derivable_pt_lim
    (fun t => (E_of K r (z_of K (z_hat_of H W (y_of sigma (y_hat_of D (moved_entry V j m t) x))))))
    (V j m) d1 /\
  - d1 = sum_from_1 K (fun l => (r l - z l) * W l j) * x m.
