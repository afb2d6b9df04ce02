(* The proofs of the lines in book.v, written by hand. A slope is taken along a curve: what moves is any function
   of one number t, and the chain rule is used once for each layer. *)

Require Import Reals Lra Lia ground book.
Open Scope R_scope.

(* Sums *)

Lemma sum_ext n f g :
  (forall k, (1 <= k <= n)%nat -> f k = g k) -> sum_from_1 n f = sum_from_1 n g.
Proof.
  induction n; intros same; simpl; [reflexivity |].
  rewrite IHn, (same (S n)); [reflexivity | lia |]. intros; apply same; lia.
Qed.

Lemma sum_minus n f g : sum_from_1 n (fun k => f k - g k) = sum_from_1 n f - sum_from_1 n g.
Proof. induction n; simpl; [| rewrite IHn]; ring. Qed.

Lemma sum_factor n c f : sum_from_1 n (fun k => c * f k) = c * sum_from_1 n f.
Proof. induction n; simpl; [| rewrite IHn]; ring. Qed.

Lemma sum_factor_right n c f : sum_from_1 n (fun k => f k * c) = sum_from_1 n f * c.
Proof. induction n; simpl; [| rewrite IHn]; ring. Qed.

Lemma sum_positive n f : (1 <= n)%nat -> (forall k, 0 < f k) -> 0 < sum_from_1 n f.
Proof.
  induction n; intros some positive; [lia |]. simpl.
  destruct n; [simpl; specialize (positive 1%nat); lra |].
  assert (0 < sum_from_1 (S n) f) by (apply IHn; [lia | exact positive]).
  specialize (positive (S (S n))); lra.
Qed.

Lemma delta_same i : delta i i = 1.
Proof. unfold delta. now rewrite Nat.eqb_refl. Qed.

Lemma delta_apart i k : i <> k -> delta i k = 0.
Proof. unfold delta. intros apart. now rewrite (proj2 (Nat.eqb_neq i k) apart). Qed.

Lemma sum_of_zeros n f : (forall k, (1 <= k <= n)%nat -> f k = 0) -> sum_from_1 n f = 0.
Proof.
  intros zeros. rewrite (sum_ext n f (fun _ => 0)) by exact zeros.
  clear zeros. induction n; simpl; [reflexivity | rewrite IHn; ring].
Qed.

(* The delta picks its term. *)
Lemma sum_delta n i f : (1 <= i <= n)%nat -> sum_from_1 n (fun k => delta k i * f k) = f i.
Proof.
  induction n; intros there; [lia |]. simpl.
  destruct (Nat.eq_dec i (S n)) as [-> | other].
  - rewrite delta_same, sum_of_zeros; [ring |].
    intros k below. rewrite delta_apart by lia. ring.
  - rewrite IHn by lia. rewrite (delta_apart (S n) i) by lia. ring.
Qed.

(* Slopes *)

Lemma slope_ext f g t d :
  (forall u, f u = g u) -> derivable_pt_lim f t d -> derivable_pt_lim g t d.
Proof.
  intros same slope e positive. destruct (slope e positive) as [near close].
  exists near. intros h other small. rewrite <- !same. now apply close.
Qed.

Lemma slope_value f t a b : derivable_pt_lim f t a -> a = b -> derivable_pt_lim f t b.
Proof. intros slope <-. exact slope. Qed.

Lemma slope_sum n f f' t :
  (forall k, (1 <= k <= n)%nat -> derivable_pt_lim (fun u => f u k) t (f' k)) ->
  derivable_pt_lim (fun u => sum_from_1 n (f u)) t (sum_from_1 n f').
Proof.
  induction n; intros slopes; simpl.
  - apply derivable_pt_lim_const.
  - apply (derivable_pt_lim_plus (fun u => sum_from_1 n (f u)) (fun u => f u (S n))).
    + apply IHn. intros; apply slopes; lia.
    + apply slopes; lia.
Qed.

Lemma slope_factor f c t d :
  derivable_pt_lim f t d -> derivable_pt_lim (fun u => c * f u) t (c * d).
Proof. intros slope. exact (derivable_pt_lim_scal f c t d slope). Qed.

Lemma slope_factor_right f c t d :
  derivable_pt_lim f t d -> derivable_pt_lim (fun u => f u * c) t (d * c).
Proof.
  intros slope. apply (slope_ext (fun u => c * f u)); [intros; ring |].
  apply (slope_value _ _ (c * d)); [now apply slope_factor | ring].
Qed.

Lemma slope_chain f g t d e :
  derivable_pt_lim f t d -> derivable_pt_lim g (f t) e -> derivable_pt_lim (fun u => g (f u)) t (e * d).
Proof. intros inner outer. exact (derivable_pt_lim_comp f g t d e inner outer). Qed.

Lemma slope_moved v k l t : derivable_pt_lim (fun u => moved v k u l) t (delta l k).
Proof.
  unfold moved, delta. destruct (Nat.eqb l k); [apply derivable_pt_lim_id | apply derivable_pt_lim_const].
Qed.

Lemma moved_nowhere v k l : moved v k (v k) l = v l.
Proof.
  unfold moved. destruct (Nat.eqb l k) eqn:same; [| reflexivity]. now apply Nat.eqb_eq in same as ->.
Qed.

Lemma slope_moved_entry M i j k l t :
  derivable_pt_lim (fun u => moved_entry M i j u k l) t (delta k i * delta l j).
Proof.
  unfold moved_entry, delta. destruct (Nat.eqb k i), (Nat.eqb l j); simpl.
  - apply (slope_value _ _ 1); [apply derivable_pt_lim_id | ring].
  - apply (slope_value _ _ 0); [apply derivable_pt_lim_const | ring].
  - apply (slope_value _ _ 0); [apply derivable_pt_lim_const | ring].
  - apply (slope_value _ _ 0); [apply derivable_pt_lim_const | ring].
Qed.

Lemma moved_entry_nowhere M i j k l : moved_entry M i j (M i j) k l = M k l.
Proof.
  unfold moved_entry. destruct (Nat.eqb k i) eqn:row, (Nat.eqb l j) eqn:column; try reflexivity.
  apply Nat.eqb_eq in row as ->. now apply Nat.eqb_eq in column as ->.
Qed.

(* The softmax *)

Lemma exps_positive K a : (1 <= K)%nat -> 0 < sum_from_1 K (fun l => exp (a l)).
Proof. intros some. apply sum_positive; [exact some | intros; apply exp_pos]. Qed.

Lemma z_positive K a i : (1 <= K)%nat -> 0 < z_of K a i.
Proof. intros some. apply Rdiv_lt_0_compat; [apply exp_pos | now apply exps_positive]. Qed.

Lemma z_adds_up K a : (1 <= K)%nat -> sum_from_1 K (z_of K a) = 1.
Proof.
  intros some. unfold z_of, Rdiv. rewrite sum_factor_right. apply Rinv_r.
  apply Rgt_not_eq. now apply exps_positive.
Qed.

Lemma z_ext K a b :
  (forall l, (1 <= l <= K)%nat -> a l = b l) -> forall i, (1 <= i <= K)%nat -> z_of K a i = z_of K b i.
Proof.
  intros same i there. unfold z_of. rewrite (same i there). f_equal.
  apply sum_ext. intros l here. now rewrite same.
Qed.

Lemma slope_z K c c' a t i :
  (1 <= i <= K)%nat ->
  (forall l, (1 <= l <= K)%nat -> derivable_pt_lim (fun u => c u l) t (c' l)) ->
  (forall l, (1 <= l <= K)%nat -> c t l = a l) ->
  derivable_pt_lim (fun u => z_of K (c u) i) t
    (z_of K a i * (c' i - sum_from_1 K (fun l => z_of K a l * c' l))).
Proof.
  intros there slopes here.
  assert (some : (1 <= K)%nat) by lia.
  assert (each : forall l, (1 <= l <= K)%nat ->
    derivable_pt_lim (fun u => exp (c u l)) t (exp (c t l) * c' l)).
  { intros l within. apply slope_chain; [now apply slopes | apply derivable_pt_lim_exp]. }
  pose proof (exps_positive K (c t) some) as positive.
  eapply slope_value.
  - apply (derivable_pt_lim_div (fun u => exp (c u i)) (fun u => sum_from_1 K (fun l => exp (c u l)))).
    + now apply each.
    + apply (slope_sum K (fun u l => exp (c u l))). exact each.
    + lra.
  - rewrite <- (z_ext K (c t) a here i there).
    rewrite (sum_ext K (fun l => z_of K a l * c' l)
      (fun l => / sum_from_1 K (fun l => exp (c t l)) * (exp (c t l) * c' l))).
    + rewrite sum_factor. unfold z_of, Rsqr. field. lra.
    + intros l within. rewrite <- (z_ext K (c t) a here l within). unfold z_of. field. lra.
Qed.

Lemma slope_log_z K c c' a t i :
  (1 <= i <= K)%nat ->
  (forall l, (1 <= l <= K)%nat -> derivable_pt_lim (fun u => c u l) t (c' l)) ->
  (forall l, (1 <= l <= K)%nat -> c t l = a l) ->
  derivable_pt_lim (fun u => ln (z_of K (c u) i)) t
    (c' i - sum_from_1 K (fun l => z_of K a l * c' l)).
Proof.
  intros there slopes here.
  eapply slope_value.
  - apply slope_chain; [now apply (slope_z K c c' a) |].
    apply derivable_pt_lim_ln. apply z_positive. lia.
  - rewrite (z_ext K (c t) a here i there). pose proof (z_positive K a i). field.
    apply Rgt_not_eq. apply z_positive. lia.
Qed.

(* E *)

Lemma slope_E K r c c' a t :
  (forall l, (1 <= l <= K)%nat -> derivable_pt_lim (fun u => c u l) t (c' l)) ->
  (forall l, (1 <= l <= K)%nat -> c t l = a l) ->
  derivable_pt_lim (fun u => E_of K r (z_of K (c u))) t
    (- sum_from_1 K (fun l => (r l - z_of K a l * sum_from_1 K r) * c' l)).
Proof.
  intros slopes here.
  eapply slope_value.
  - apply (derivable_pt_lim_opp (fun u => sum_from_1 K (fun l => r l * ln (z_of K (c u) l)))).
    apply (slope_sum K (fun u l => r l * ln (z_of K (c u) l))). intros l within.
    apply slope_factor. now apply (slope_log_z K c c' a).
  - f_equal.
    rewrite (sum_ext K _ (fun l => r l * c' l - r l * sum_from_1 K (fun l => z_of K a l * c' l)))
      by (intros; ring).
    rewrite (sum_ext K (fun l => (r l - z_of K a l * sum_from_1 K r) * c' l)
      (fun l => r l * c' l - sum_from_1 K r * (z_of K a l * c' l))) by (intros; ring).
    rewrite !sum_minus, sum_factor, sum_factor_right. ring.
Qed.

(* Where the targets add up to 1. *)
Lemma slope_E_assumed K r c c' a t :
  sum_from_1 K (fun l => r l) = 1 ->
  (forall l, (1 <= l <= K)%nat -> derivable_pt_lim (fun u => c u l) t (c' l)) ->
  (forall l, (1 <= l <= K)%nat -> c t l = a l) ->
  derivable_pt_lim (fun u => E_of K r (z_of K (c u))) t
    (- sum_from_1 K (fun l => (r l - z_of K a l) * c' l)).
Proof.
  intros one slopes here. eapply slope_value; [now apply (slope_E K r c c' a) |].
  f_equal. apply sum_ext. intros l within. change (sum_from_1 K r) with (sum_from_1 K (fun l => r l)).
  rewrite one. ring.
Qed.

(* The weighted sums *)

Lemma slope_z_hat_y H W c c' t i :
  (forall j, (0 <= j <= H)%nat -> derivable_pt_lim (fun u => c u j) t (c' j)) ->
  derivable_pt_lim (fun u => z_hat_of H W (c u) i) t (sum_from_0 H (fun j => W i j * c' j)).
Proof.
  intros slopes.
  apply (derivable_pt_lim_plus (fun u => W i O * c u O)
    (fun u => sum_from_1 H (fun j => W i j * c u j))).
  - apply slope_factor, slopes. lia.
  - apply (slope_sum H (fun u j => W i j * c u j)). intros j within. apply slope_factor, slopes. lia.
Qed.

Lemma slope_z_hat_W H M M' y t i :
  (forall j, (0 <= j <= H)%nat -> derivable_pt_lim (fun u => M u i j) t (M' i j)) ->
  derivable_pt_lim (fun u => z_hat_of H (M u) y i) t (sum_from_0 H (fun j => M' i j * y j)).
Proof.
  intros slopes.
  apply (derivable_pt_lim_plus (fun u => M u i O * y O) (fun u => sum_from_1 H (fun j => M u i j * y j))).
  - apply (slope_factor_right (fun u => M u i O)), slopes. lia.
  - apply (slope_sum H (fun u j => M u i j * y j)). intros j within.
    apply (slope_factor_right (fun u => M u i j)), slopes. lia.
Qed.

Lemma sum_from_0_delta n i f : (0 <= i <= n)%nat -> sum_from_0 n (fun k => delta k i * f k) = f i.
Proof.
  intros there. unfold sum_from_0. destruct i.
  - rewrite delta_same, sum_of_zeros; [ring |]. intros k above. rewrite delta_apart by lia. ring.
  - rewrite sum_delta by lia. rewrite (delta_apart 0) by lia. ring.
Qed.

Lemma sum_from_0_ext n f g :
  (forall k, (0 <= k <= n)%nat -> f k = g k) -> sum_from_0 n f = sum_from_0 n g.
Proof.
  intros same. unfold sum_from_0. rewrite (same O) by lia. f_equal.
  apply sum_ext. intros; apply same; lia.
Qed.

Lemma sum_from_0_factor n c f : sum_from_0 n (fun k => c * f k) = c * sum_from_0 n f.
Proof. unfold sum_from_0. rewrite sum_factor. ring. Qed.

Lemma z_hat_ext H M N y u i :
  (forall j, (0 <= j <= H)%nat -> M i j = N i j) -> (forall j, (0 <= j <= H)%nat -> y j = u j) ->
  z_hat_of H M y i = z_hat_of H N u i.
Proof.
  intros same as_well. apply sum_from_0_ext. intros j within. now rewrite same, as_well.
Qed.

(* The hidden units; unit 0 is the 1 of the bias. *)

Definition but_0 (f : nat -> R) (j : nat) : R := match j with O => 0 | _ => f j end.

Lemma sum_but_0 n c f : sum_from_0 n (fun j => c j * but_0 f j) = sum_from_1 n (fun j => c j * f j).
Proof.
  unfold sum_from_0. simpl. rewrite (sum_ext n _ (fun j => c j * f j)); [ring |].
  intros [| j] within; [lia | reflexivity].
Qed.

Lemma slope_y H sigma s c c' a t n :
  (n <= H)%nat ->
  (forall j, (1 <= j <= H)%nat -> derivable_pt_lim sigma (a j) (s (a j))) ->
  (forall j, (1 <= j <= H)%nat -> derivable_pt_lim (fun u => c u j) t (c' j)) ->
  (forall j, (1 <= j <= H)%nat -> c t j = a j) ->
  derivable_pt_lim (fun u => y_of sigma (c u) n) t (but_0 (fun j => s (a j) * c' j) n).
Proof.
  intros within activation slopes here. destruct n as [| n]; simpl.
  - apply derivable_pt_lim_const.
  - apply (slope_chain (fun u => c u (S n))).
    + apply slopes. lia.
    + rewrite here by lia. apply activation. lia.
Qed.

Lemma y_ext H sigma a b j :
  (j <= H)%nat -> (forall n, (1 <= n <= H)%nat -> a n = b n) -> y_of sigma a j = y_of sigma b j.
Proof. intros within same. destruct j; simpl; [reflexivity |]. rewrite same; [reflexivity | lia]. Qed.

(* From the hidden sums to E: what all lines about the first layer share. *)
Lemma slope_E_y_hat K H sigma s r W c c' a t :
  (forall j, (1 <= j <= H)%nat -> derivable_pt_lim sigma (a j) (s (a j))) ->
  (forall j, (1 <= j <= H)%nat -> derivable_pt_lim (fun u => c u j) t (c' j)) ->
  (forall j, (1 <= j <= H)%nat -> c t j = a j) ->
  let z := z_of K (z_hat_of H W (y_of sigma a)) in
  derivable_pt_lim (fun u => E_of K r (z_of K (z_hat_of H W (y_of sigma (c u))))) t
    (- sum_from_1 K (fun l => (r l - z l * sum_from_1 K r) *
       sum_from_1 H (fun j => W l j * (s (a j) * c' j)))).
Proof.
  intros activation slopes here z.
  apply (slope_E K r (fun u => z_hat_of H W (y_of sigma (c u)))).
  - intros l _. eapply slope_value.
    + apply (slope_z_hat_y H W (fun u => y_of sigma (c u)) (but_0 (fun j => s (a j) * c' j))).
      intros j within. apply (slope_y H sigma s c c' a); [lia | assumption ..].
    + apply (sum_but_0 H (W l)).
  - intros l _. apply z_hat_ext; [reflexivity |]. intros j within. apply (y_ext H); [lia | exact here].
Qed.

(* The lines. What is proved of a slope is its value; the rest is arithmetic. *)

Lemma slope_1_10 K z_hat i k :
  (1 <= i <= K)%nat -> (1 <= k <= K)%nat ->
  derivable_pt_lim (fun t => z_of K (moved z_hat k t) i) (z_hat k)
    (z_of K z_hat i * (delta i k - z_of K z_hat k)).
Proof.
  intros at_i at_k. eapply slope_value.
  - apply (slope_z K (moved z_hat k) (fun l => delta l k) z_hat); [exact at_i | |].
    + intros; apply slope_moved.
    + intros; apply moved_nowhere.
  - rewrite (sum_ext K _ (fun l => delta l k * z_of K z_hat l)) by (intros; ring).
    now rewrite sum_delta.
Qed.

Theorem proof_1_10 : line_1_10.
Proof.
  intros K z_hat z i k at_i at_k. exists (z i * (delta i k - z k)). repeat split; [| ring ..].
  now apply slope_1_10.
Qed.

Theorem proof_1_12 : line_1_12.
Proof.
  intros K z_hat z k at_k. exists (fun i => z i * (delta i k - z k)). repeat split.
  - intros i at_i. now apply slope_1_10.
  - rewrite (sum_ext K _ (fun i => delta i k * z i - z k * z i)) by (intros; ring).
    now rewrite sum_minus, sum_factor, sum_delta.
  - change (sum_from_1 K (fun i => z i)) with (sum_from_1 K (z_of K z_hat)).
    rewrite z_adds_up by lia. ring.
Qed.

(* It does not matter which number is subtracted. *)
Lemma z_shifted K a c i :
  (1 <= K)%nat -> z_of K a i = exp (a i - c) / sum_from_1 K (fun l => exp (a l - c)).
Proof.
  intros some. pose proof (exps_positive K a some).
  assert (apart : forall l, exp (a l - c) = exp (a l) * exp (- c)).
  { intros l. rewrite <- exp_plus. f_equal. }
  rewrite apart, (sum_ext K (fun l => exp (a l - c)) (fun l => exp (a l) * exp (- c))) by (intros; apply apart).
  rewrite sum_factor_right. unfold z_of. pose proof (exp_pos (- c)). field. lra.
Qed.

Theorem proof_1_16 : line_1_16.
Proof. intros K z_hat z i at_i. apply z_shifted. lia. Qed.

Theorem proof_1_18 : line_1_18.
Proof.
  intros K z_hat z i k at_i at_k. exists (delta i k - z k). split; [| reflexivity].
  eapply slope_value.
  - apply (slope_log_z K (moved z_hat k) (fun l => delta l k) z_hat); [exact at_i | |].
    + intros; apply slope_moved.
    + intros; apply moved_nowhere.
  - rewrite (sum_ext K _ (fun l => delta l k * z l)) by (intros; unfold z; ring).
    now rewrite sum_delta.
Qed.

Theorem proof_2_5 : line_2_5.
Proof.
  intros K z_hat r z i at_i. exists (- (r i - z i * sum_from_1 K (fun l => r l))). split; [| ring].
  eapply slope_value.
  - apply (slope_E K r (moved z_hat i) (fun l => delta l i) z_hat).
    + intros; apply slope_moved.
    + intros; apply moved_nowhere.
  - f_equal. rewrite (sum_ext K _ (fun l => delta l i * (r l - z l * sum_from_1 K r)))
      by (intros; unfold z; ring).
    now rewrite sum_delta.
Qed.

Theorem proof_2_7 : line_2_7.
Proof.
  intros K z_hat r z one i at_i. destruct (proof_2_5 K z_hat r i at_i) as (d & slope & value).
  exists d. split; [exact slope |]. rewrite value, one. unfold z. ring.
Qed.

Theorem proof_2_10 : line_2_10.
Proof.
  intros K z_hat r z _ i at_i. assert (some : (1 <= K)%nat) by lia.
  exists (- (r i / z i)). split; [| ring]. eapply slope_value.
  - apply (derivable_pt_lim_opp (fun t => sum_from_1 K (fun l => r l * ln (moved z i t l)))).
    apply (slope_sum K (fun t l => r l * ln (moved z i t l)) (fun l => r l * (/ z l * delta l i))).
    intros l within. apply slope_factor.
    apply (slope_chain (fun t => moved z i t l)); [apply slope_moved |].
    rewrite moved_nowhere. apply derivable_pt_lim_ln. now apply z_positive.
  - rewrite (sum_ext K _ (fun l => delta l i * (r l / z l))) by (intros; unfold Rdiv; ring).
    now rewrite sum_delta.
Qed.

Theorem proof_3_6 : line_3_6.
Proof.
  intros K H y r W z_hat z one i j at_i at_j. exists (- ((r i - z i) * y j)). split; [| ring].
  eapply slope_value.
  - apply (slope_E_assumed K r (fun t => z_hat_of H (moved_entry W i j t) y) (fun l => delta l i * y j) z_hat);
      [exact one | |].
    + intros l _. eapply slope_value.
      * apply (slope_z_hat_W H (moved_entry W i j) (fun k n => delta k i * delta n j)).
        intros; apply slope_moved_entry.
      * rewrite (sum_from_0_ext H _ (fun n => delta l i * (delta n j * y n))) by (intros; ring).
        now rewrite sum_from_0_factor, sum_from_0_delta.
    + intros l _. apply z_hat_ext; [| reflexivity]. intros; apply moved_entry_nowhere.
  - f_equal. rewrite (sum_ext K _ (fun l => delta l i * ((r l - z l) * y j))) by (intros; unfold z; ring).
    now rewrite sum_delta.
Qed.

Lemma slope_E_y K H r W y j :
  (1 <= j <= H)%nat ->
  let z := z_of K (z_hat_of H W y) in
  derivable_pt_lim (fun t => E_of K r (z_of K (z_hat_of H W (moved y j t)))) (y j)
    (- sum_from_1 K (fun l => (r l - z l * sum_from_1 K r) * W l j)).
Proof.
  intros at_j z. apply (slope_E K r (fun t => z_hat_of H W (moved y j t))).
  - intros l _. eapply slope_value.
    + apply (slope_z_hat_y H W (moved y j) (fun n => delta n j)). intros; apply slope_moved.
    + rewrite (sum_from_0_ext H _ (fun n => delta n j * W l n)) by (intros; ring).
      apply sum_from_0_delta. lia.
  - intros l _. apply z_hat_ext; [reflexivity |]. intros; apply moved_nowhere.
Qed.

Theorem proof_3_11 : line_3_11.
Proof.
  intros K H y r W z_hat z one j at_j. exists (- sum_from_1 K (fun l => (r l - z l) * W l j)).
  split; [| ring]. eapply slope_value; [now apply slope_E_y |].
  f_equal. apply sum_ext. intros l _.
  change (sum_from_1 K r) with (sum_from_1 K (fun l => r l)). rewrite one. unfold z, z_hat. ring.
Qed.

(* One hidden sum moves, at the speed p. *)
Lemma slope_E_one_unit K H sigma s r W c a p t j :
  (1 <= j <= H)%nat ->
  (forall n, (1 <= n <= H)%nat -> derivable_pt_lim sigma (a n) (s (a n))) ->
  (forall n, (1 <= n <= H)%nat -> derivable_pt_lim (fun u => c u n) t (delta n j * p)) ->
  (forall n, (1 <= n <= H)%nat -> c t n = a n) ->
  let z := z_of K (z_hat_of H W (y_of sigma a)) in
  derivable_pt_lim (fun u => E_of K r (z_of K (z_hat_of H W (y_of sigma (c u))))) t
    (- (sum_from_1 K (fun l => (r l - z l * sum_from_1 K r) * W l j) * s (a j) * p)).
Proof.
  intros at_j activation slopes here z. eapply slope_value.
  - exact (slope_E_y_hat K H sigma s r W c (fun n => delta n j * p) a t activation slopes here).
  - fold z. f_equal. rewrite Rmult_assoc, <- sum_factor_right. apply sum_ext. intros l _.
    rewrite (sum_ext H _ (fun n => delta n j * (W l n * s (a n) * p))) by (intros; ring).
    rewrite sum_delta by exact at_j. ring.
Qed.

Theorem proof_4_10 : line_4_10.
Proof.
  intros K H sigma sigma' y_hat r W y activation j at_j.
  pose (z := z_of K (z_hat_of H W y)).
  pose (pull n := sum_from_1 K (fun l => (r l - z l * sum_from_1 K r) * W l n)).
  exists (- (pull j * sigma' (y_hat j) * 1)), (fun n => - pull n), (fun n => sigma' (y_hat n) * delta n j),
    (- pull j).
  repeat split.
  - apply (slope_E_one_unit K H sigma sigma' r W (moved y_hat j) y_hat 1 (y_hat j) j at_j activation).
    + intros n _. eapply slope_value; [apply slope_moved | ring].
    + intros; apply moved_nowhere.
  - intros n at_n. now apply slope_E_y.
  - intros [| n] at_n; [lia |].
    exact (slope_y H sigma sigma' (moved y_hat j) (fun l => delta l j) y_hat (y_hat j) (S n) (proj2 at_n)
      activation (fun l _ => slope_moved y_hat j l _) (fun l _ => moved_nowhere y_hat j l)).
  - now apply slope_E_y.
  - rewrite (sum_ext H _ (fun n => delta n j * (pull n * sigma' (y_hat n)))) by (intros; ring).
    rewrite sum_delta by exact at_j. ring.
  - rewrite (sum_ext H _ (fun n => delta n j * (pull n * sigma' (y_hat n)))) by (intros; ring).
    rewrite sum_delta by exact at_j. ring.
Qed.

Theorem proof_5_4 : line_5_4.
Proof.
  intros K H D sigma sigma' x r V W y_hat y z_hat z activation one j m at_j at_m.
  exists (- (sum_from_1 K (fun l => (r l - z l) * W l j) * sigma' (y_hat j) * x m)). split; [| ring].
  eapply slope_value.
  - apply (slope_E_one_unit K H sigma sigma' r W (fun t => y_hat_of D (moved_entry V j m t) x) y_hat (x m)
      (V j m) j at_j activation).
    + intros n _. eapply slope_value.
      * apply (slope_z_hat_W D (moved_entry V j m) (fun k l => delta k j * delta l m)).
        intros; apply slope_moved_entry.
      * rewrite (sum_from_0_ext D _ (fun l => delta n j * (delta l m * x l))) by (intros; ring).
        now rewrite sum_from_0_factor, sum_from_0_delta.
    + intros n _. apply (z_hat_ext D); [| reflexivity]. intros; apply moved_entry_nowhere.
  - f_equal. f_equal. f_equal. apply sum_ext. intros l _.
    change (sum_from_1 K r) with (sum_from_1 K (fun l => r l)). rewrite one. unfold z, z_hat, y. ring.
Qed.

(* The arrays, entry by entry *)

Theorem proof_2_8 : line_2_8.
Proof. exact proof_2_7. Qed.

Theorem proof_3_7 : line_3_7.
Proof.
  intros K H y r W z_hat z first one i j at_i at_j.
  destruct (proof_3_6 K H y r W one i j at_i at_j) as (d & slope & value). exists d. split; [exact slope |].
  rewrite value. destruct j; [now rewrite first | reflexivity].
Qed.

Theorem proof_3_12 : line_3_12.
Proof.
  intros K H y r W z_hat z first one j at_j.
  destruct (proof_3_11 K H y r W one j at_j) as (d & slope & value). exists d. split; [exact slope |].
  rewrite value. apply sum_ext. intros l _. apply Rmult_comm.
Qed.

Theorem proof_5_8 : line_5_8.
Proof.
  intros K H D sigma sigma' x r V W y_hat y z_hat z first activation one j m at_j at_m.
  destruct (proof_5_4 K H D sigma sigma' x r V W activation one j m at_j at_m) as (d & slope & value).
  exists d. split; [exact slope |]. rewrite value.
  rewrite (sum_ext K (fun l => W l j * (r l - z l)) (fun l => (r l - z l) * W l j)) by (intros; ring).
  destruct m; [now rewrite first | reflexivity].
Qed.

(* Two lines with a slip are false: what the lines take for granted does occur, and they say something. *)

Theorem refuted_2_7 : ~ slip_2_7.
Proof.
  intros slip.
  assert (one : sum_from_1 1 (fun _ => 1) = 1) by (simpl; ring).
  assert (at_1 : (1 <= 1 <= 1)%nat) by lia.
  destruct (slip 1%nat (fun _ => 0) (fun _ => 1) one 1%nat at_1) as (d & slope & value).
  destruct (proof_2_7 1%nat (fun _ => 0) (fun _ => 1) one 1%nat at_1) as (e & right & worth).
  pose proof (uniqueness_limite _ _ _ _ slope right) as same.
  pose proof (z_positive 1 (fun _ => 0) 1 (le_n 1)). lra.
Qed.

Theorem refuted_5_4 : ~ slip_5_4.
Proof.
  intros slip.
  pose (r := fun l => delta l 1). pose (W := fun l j => delta l 1 * delta j 1).
  pose (V := fun _ _ : nat => 0). pose (x := fun _ : nat => 1).
  assert (activation : forall j, (1 <= j <= 1)%nat ->
    derivable_pt_lim (fun t => 2 * t) (y_hat_of 0 V x j) ((fun _ => 2) (y_hat_of 0 V x j))).
  { intros j _. eapply slope_value; [apply slope_factor, derivable_pt_lim_id | ring]. }
  assert (one : sum_from_1 2 (fun l => r l) = 1) by (unfold r, delta; simpl; ring).
  assert (at_1 : (1 <= 1 <= 1)%nat) by lia. assert (at_0 : (0 <= 0 <= 0)%nat) by lia.
  destruct (slip 2%nat 1%nat 0%nat (fun t => 2 * t) (fun _ => 2) x r V W activation one 1%nat 0%nat at_1 at_0)
    as (d & slope & value).
  destruct (proof_5_4 2%nat 1%nat 0%nat (fun t => 2 * t) (fun _ => 2) x r V W activation one 1%nat 0%nat
    at_1 at_0) as (e & right & worth).
  pose proof (uniqueness_limite _ _ _ _ slope right) as same. clear slope right slip.
  set (z := z_of 2 _) in *.
  assert (pull : sum_from_1 2 (fun l => (r l - z l) * W l 1%nat) = 1 - z 1%nat)
    by (unfold r, W, delta; simpl; ring).
  assert (sum : sum_from_1 2 z = 1) by (apply z_adds_up; lia). simpl in sum.
  assert (0 < z 2%nat) by (apply z_positive; lia).
  rewrite pull in value, worth. unfold x in value, worth. lra.
Qed.
