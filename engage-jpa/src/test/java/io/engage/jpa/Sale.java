package io.engage.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Something that a host keeps beside Engage. */
@Entity
@Table(name = "sale")
class Sale {
  @Id private String id;

  protected Sale() {
    this("");
  }

  Sale(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }
}
